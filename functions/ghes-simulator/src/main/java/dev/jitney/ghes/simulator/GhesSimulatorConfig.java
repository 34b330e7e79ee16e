package dev.jitney.ghes.simulator;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How a simulator runs.
 *
 * @param port to listen on, on the loopback address; 0 takes a free one
 * @param webhookUrl where webhooks go; empty sends none
 * @param webhookSecret signs webhooks
 * @param token the one token the REST API accepts
 * @param speed virtual seconds per real second: at 60 a simulated minute takes a second
 * @param seed of all that is random
 * @param faults what goes wrong
 * @param observer told what happens
 * @param deliveryTimeout real time after which a webhook without answer has failed
 * @param pollTimeout real time for which a runner's question for a job is held open
 * @param hook which hook sends webhooks
 * @param site what is particular to this server
 */
public record GhesSimulatorConfig(
        int port,
        Optional<URI> webhookUrl,
        String webhookSecret,
        String token,
        double speed,
        long seed,
        GhesFaults faults,
        GhesObserver observer,
        Duration deliveryTimeout,
        Duration pollTimeout,
        HookKind hook,
        GhesSite site) {

    /** GHES waits 30 seconds, github.com only 10. */
    private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(30);

    private static final Duration POLL_TIMEOUT = Duration.ofSeconds(10);

    public GhesSimulatorConfig {
        if (port < 0 || port > 65_535) throw new IllegalArgumentException("no port: " + port);
        if (!(speed > 0)) throw new IllegalArgumentException("speed is not positive: " + speed);
        if (token.isBlank()) throw new IllegalArgumentException("token is blank");
    }

    /** A free port, real time, no faults, no webhooks. */
    public static GhesSimulatorConfig of(String token, String webhookSecret) {
        return new GhesSimulatorConfig(
                0,
                Optional.empty(),
                webhookSecret,
                token,
                1,
                1,
                GhesFaults.none(),
                GhesObserver.NONE,
                DELIVERY_TIMEOUT,
                POLL_TIMEOUT,
                HookKind.GLOBAL,
                GhesSite.usual());
    }

    /** The same on another port. */
    public GhesSimulatorConfig withPort(int value) {
        return new GhesSimulatorConfig(
                value,
                webhookUrl,
                webhookSecret,
                token,
                speed,
                seed,
                faults,
                observer,
                deliveryTimeout,
                pollTimeout,
                hook,
                site);
    }

    /** The same with webhooks sent to an address. */
    public GhesSimulatorConfig withWebhookUrl(URI value) {
        return new GhesSimulatorConfig(
                port,
                Optional.of(value),
                webhookSecret,
                token,
                speed,
                seed,
                faults,
                observer,
                deliveryTimeout,
                pollTimeout,
                hook,
                site);
    }

    /** The same at another speed and with another seed. */
    public GhesSimulatorConfig withSpeed(double newSpeed, long newSeed) {
        return new GhesSimulatorConfig(
                port,
                webhookUrl,
                webhookSecret,
                token,
                newSpeed,
                newSeed,
                faults,
                observer,
                deliveryTimeout,
                pollTimeout,
                hook,
                site);
    }

    /** The same with other faults. */
    public GhesSimulatorConfig withFaults(GhesFaults value) {
        return new GhesSimulatorConfig(
                port,
                webhookUrl,
                webhookSecret,
                token,
                speed,
                seed,
                value,
                observer,
                deliveryTimeout,
                pollTimeout,
                hook,
                site);
    }

    /** The same with another observer. */
    public GhesSimulatorConfig withObserver(GhesObserver value) {
        return new GhesSimulatorConfig(
                port,
                webhookUrl,
                webhookSecret,
                token,
                speed,
                seed,
                faults,
                value,
                deliveryTimeout,
                pollTimeout,
                hook,
                site);
    }

    /** The same with other real-time limits. */
    public GhesSimulatorConfig withTimeouts(Duration delivery, Duration poll) {
        return new GhesSimulatorConfig(
                port,
                webhookUrl,
                webhookSecret,
                token,
                speed,
                seed,
                faults,
                observer,
                delivery,
                poll,
                hook,
                site);
    }

    /** Leaves the secrets out. */
    @Override
    public String toString() {
        return "GhesSimulatorConfig[port=%d, webhookUrl=%s, speed=%s, seed=%d, faults=%s]"
                .formatted(port, webhookUrl, speed, seed, faults);
    }

    /** The same with webhooks sent by another kind of hook. */
    public GhesSimulatorConfig withHook(HookKind value) {
        return new GhesSimulatorConfig(
                port,
                webhookUrl,
                webhookSecret,
                token,
                speed,
                seed,
                faults,
                observer,
                deliveryTimeout,
                pollTimeout,
                value,
                site);
    }

    /** The same as another server. */
    public GhesSimulatorConfig withSite(GhesSite value) {
        return new GhesSimulatorConfig(
                port,
                webhookUrl,
                webhookSecret,
                token,
                speed,
                seed,
                faults,
                observer,
                deliveryTimeout,
                pollTimeout,
                hook,
                value);
    }
}
