package dev.jitney.broker.dispatcher;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the local broker that a cluster would keep outside the YAML.
 *
 * @param port of the ingress on 127.0.0.1; 0 takes a free one
 * @param log where and how events are kept
 * @param delivery how events are delivered
 * @param pingEvery replaces the schedule of every PingSource; null follows the schedules
 * @param drain how long {@link LocalBroker#close()} waits for deliveries in flight
 */
public record BrokerConfig(
        int port, Log log, Delivery delivery, @Nullable Duration pingEvery, Duration drain) {

    /** Defaults: a free port, Kafka's rules, no faults, a log of at most 1 GiB. */
    public static BrokerConfig in(Path directory) {
        return new BrokerConfig(
                0, Log.in(directory), Delivery.defaults(), null, Duration.ofSeconds(3));
    }

    /** The same with another port. */
    public BrokerConfig withPort(int other) {
        return new BrokerConfig(other, log, delivery, pingEvery, drain);
    }

    /** The same with another log. */
    public BrokerConfig withLog(Log other) {
        return new BrokerConfig(port, other, delivery, pingEvery, drain);
    }

    /** The same with other delivery settings. */
    public BrokerConfig withDelivery(Delivery other) {
        return new BrokerConfig(port, log, other, pingEvery, drain);
    }

    /** The same with one interval for all PingSources. */
    public BrokerConfig withPingEvery(@Nullable Duration other) {
        return new BrokerConfig(port, log, delivery, other, drain);
    }

    /**
     * The durable log.
     *
     * @param directory made if absent; used by one broker at a time
     * @param forceToDisk true: an event is on the disk before it is accepted and survives a power
     *     loss; false: it is with the operating system and survives the death of this process
     * @param segmentBytes a segment is closed at about this size
     * @param bytesMax the ingress answers 503 while the log is larger
     * @param pendingMax the ingress answers 503 while more deliveries than this are owed
     */
    public record Log(
            Path directory, boolean forceToDisk, long segmentBytes, long bytesMax, int pendingMax) {

        /** Defaults: operating system only, segments of 16 MiB, at most 1 GiB, 50 000 pending. */
        public static Log in(Path directory) {
            return new Log(directory, false, 16L << 20, 1L << 30, 50_000);
        }
    }

    /**
     * Delivery to subscribers.
     *
     * @param rules how retries wait
     * @param inFlightMax requests of one Trigger at the same time, like Kafka's max.poll.records
     * @param faults disturbances on purpose
     */
    public record Delivery(RetryRules rules, int inFlightMax, Faults faults) {
        public Delivery {
            if (inFlightMax < 1) {
                throw new IllegalArgumentException("inFlightMax is below 1: " + inFlightMax);
            }
        }

        /** Defaults: Kafka's waits, 100 in flight, no faults. */
        public static Delivery defaults() {
            return new Delivery(RetryRules.KAFKA, 100, Faults.none());
        }
    }
}
