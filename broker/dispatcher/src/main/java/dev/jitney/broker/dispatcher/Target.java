package dev.jitney.broker.dispatcher;

import java.net.URI;

/** Where an event is sent to: a resolved {@code subscriber}, {@code sink} or dead letter sink. */
public sealed interface Target {

    /**
     * A Knative Service.
     *
     * @param path path and query, begins with a slash
     */
    record OfService(ServiceRef service, String path) implements Target {
        @Override
        public String toString() {
            return "http://" + service.name() + "." + service.namespace() + ".svc" + path;
        }
    }

    /** Another Broker of the same process. */
    record OfBroker(BrokerRef broker) implements Target {
        @Override
        public String toString() {
            return "http://broker-ingress.knative-eventing.svc" + broker.path();
        }
    }

    /** Any absolute HTTP address. */
    record OfUri(URI uri) implements Target {
        @Override
        public String toString() {
            return uri.toString();
        }
    }
}
