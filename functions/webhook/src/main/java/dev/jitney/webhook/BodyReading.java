package dev.jitney.webhook;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads one body of at most {@value #BODY_BYTES_MAX} bytes and checks its signature on the way.
 *
 * <p>Anybody may send bodies, and the signature is known only at the end. So a body is kept only
 * when it is going to be mapped, and all bodies kept at one time are bounded together.
 */
final class BodyReading {
    /** GitHub sends no more than 25 MB. */
    static final long BODY_BYTES_MAX = 25L * 1024 * 1024;

    /** More than one body of the largest size, far more than hundreds of usual ones (10 KB). */
    static final long KEPT_BYTES_MAX = 32L * 1024 * 1024;

    private final AtomicLong keptByAll;
    private final Signature.Check check;
    private final boolean keep;
    private final Buffer body = Buffer.buffer();
    private final Promise<Received> promise = Promise.promise();
    private long bytes;
    private boolean ended;

    /**
     * What came in.
     *
     * @param check of all of it
     * @param body empty if it was not to be kept
     */
    record Received(Signature.Check check, Buffer body) {}

    private BodyReading(AtomicLong keptByAll, Signature.Check check, boolean keep) {
        this.keptByAll = keptByAll;
        this.check = check;
        this.keep = keep;
    }

    /**
     * Reads a request's body.
     *
     * @param keptByAll bytes kept by all readings at the moment
     * @return fails with {@link Refused}, or with the connection's error
     */
    static Future<Received> read(
            HttpServerRequest request, AtomicLong keptByAll, Signature.Check check, boolean keep) {
        var reading = new BodyReading(keptByAll, check, keep);
        request.handler(reading::add)
                .endHandler(_ -> reading.end())
                .exceptionHandler(reading::fail)
                .resume();
        return reading.promise.future();
    }

    private void add(Buffer part) {
        if (ended) {
            return;
        }
        bytes += part.length();
        if (bytes > BODY_BYTES_MAX) {
            fail(new Refused(Outcome.TOO_LARGE, "the body is larger than 25 MB"));
            return;
        }
        check.update(part.getBytes());
        if (!keep) {
            return;
        }
        body.appendBuffer(part);
        if (keptByAll.addAndGet(part.length()) > KEPT_BYTES_MAX) {
            fail(new Refused(Outcome.UNAVAILABLE, "too many large bodies at the same time"));
        }
    }

    private void end() {
        if (!ended) {
            release();
            promise.complete(new Received(check, body));
        }
    }

    private void fail(Throwable cause) {
        if (!ended) {
            release();
            promise.fail(cause);
        }
    }

    private void release() {
        ended = true;
        keptByAll.addAndGet(-body.length());
    }

    /** The request is answered before its body has come in completely. */
    static final class Refused extends RuntimeException {
        private final Outcome outcome;

        Refused(Outcome outcome, String message) {
            super(message);
            this.outcome = outcome;
        }

        Outcome outcome() {
            return outcome;
        }
    }
}
