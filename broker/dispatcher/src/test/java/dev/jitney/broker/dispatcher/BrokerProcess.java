package dev.jitney.broker.dispatcher;

import dev.jitney.broker.dispatcher.manifest.Manifests;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;

/** A JVM that runs a broker until it is killed. */
public final class BrokerProcess {
    private BrokerProcess() {}

    /** Takes the directory of manifests and that of the log; prints the address. */
    public static void main(String[] arguments) throws InterruptedException {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try (LocalBroker broker =
                LocalBroker.start(
                        vertx,
                        BrokerConfig.in(Path.of(arguments[1])),
                        Manifests.read(Path.of(arguments[0])),
                        service -> Future.failedFuture("no Services here"))) {
            System.out.println("url=" + broker.url());
            Thread.currentThread().join();
        }
    }
}
