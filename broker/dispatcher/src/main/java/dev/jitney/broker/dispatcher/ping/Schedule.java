package dev.jitney.broker.dispatcher.ping;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a PingSource ticks: five cron fields, optionally seconds in front of them, or a descriptor.
 *
 * @see <a href="https://pkg.go.dev/github.com/robfig/cron/v3">robfig/cron, which Knative uses</a>
 */
public final class Schedule {
    private static final Map<String, String> DESCRIPTORS =
            Map.of(
                    "@yearly", "0 0 1 1 *",
                    "@annually", "0 0 1 1 *",
                    "@monthly", "0 0 1 * *",
                    "@weekly", "0 0 * * 0",
                    "@daily", "0 0 * * *",
                    "@midnight", "0 0 * * *",
                    "@hourly", "0 * * * *");
    private static final CronParser MINUTES =
            new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
    private static final CronParser SECONDS = new CronParser(withSeconds());

    private final ExecutionTime times;
    private final ZoneId zone;

    private Schedule(ExecutionTime times, ZoneId zone) {
        this.times = times;
        this.zone = zone;
    }

    /**
     * Parses a schedule.
     *
     * @param text empty or null means every minute
     * @param timezone empty or null means UTC
     * @throws IllegalArgumentException with a remedy in the message
     */
    public static Schedule of(@Nullable String text, @Nullable String timezone) {
        String fields = text == null || text.isBlank() ? "* * * * *" : text.strip();
        if (fields.startsWith("@every")) {
            throw new IllegalArgumentException("@every is not allowed: write cron fields");
        }
        if (fields.startsWith("@")) {
            String descriptor = DESCRIPTORS.get(fields);
            if (descriptor == null) {
                throw new IllegalArgumentException("unknown descriptor " + fields);
            }
            fields = descriptor;
        }
        int count = fields.split("\\s+").length;
        if (count != 5 && count != 6) {
            throw new IllegalArgumentException(
                    "\"" + fields + "\" has " + count + " fields: use five, or six with seconds");
        }
        CronParser parser = count == 5 ? MINUTES : SECONDS;
        // The parser of the five classic fields does not know "?", which means "*" here.
        ExecutionTime times = ExecutionTime.forCron(parser.parse(fields.replace('?', '*')));
        return new Schedule(times, zone(timezone));
    }

    /** The time from an instant to the next tick; empty when there is none any more. */
    public Optional<Duration> untilNext(Instant now) {
        return times.timeToNextExecution(ZonedDateTime.ofInstant(now, zone));
    }

    private static ZoneId zone(@Nullable String timezone) {
        if (timezone == null || timezone.isEmpty()) {
            return ZoneOffset.UTC;
        }
        try {
            return ZoneId.of(timezone);
        } catch (DateTimeException unknown) {
            throw new IllegalArgumentException("unknown time zone " + timezone, unknown);
        }
    }

    private static CronDefinition withSeconds() {
        return CronDefinitionBuilder.defineCron()
                .withSeconds()
                .withValidRange(0, 59)
                .and()
                .withMinutes()
                .withValidRange(0, 59)
                .and()
                .withHours()
                .withValidRange(0, 23)
                .and()
                .withDayOfMonth()
                .withValidRange(1, 31)
                .and()
                .withMonth()
                .withValidRange(1, 12)
                .and()
                .withDayOfWeek()
                .withValidRange(0, 7)
                .withMondayDoWValue(1)
                .withIntMapping(7, 0)
                .and()
                .instance();
    }
}
