package dev.jitney.broker.dispatcher;

import java.net.URI;

/** Room for one request at one instance of a Service. */
public interface Lease {

    /** Scheme, host and port of the instance, without a path. */
    URI baseUri();

    /** Gives the room back. The second and later calls do nothing. */
    void release();
}
