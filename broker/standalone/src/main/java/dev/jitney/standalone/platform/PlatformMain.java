package dev.jitney.standalone.platform;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * The platform's process. Its argument is the file with its settings. Standard input is a pipe on
 * which nothing is ever sent: its end tells that the supervisor wants it to stop, or is dead.
 */
public final class PlatformMain {
    private static final Duration STOP_WITHIN = Duration.ofSeconds(9);
    private static final Duration TRAINING_STOP_WITHIN = Duration.ofSeconds(150);

    private final PrintStream out;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    private PlatformMain(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        PrintStream messages =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        // Whatever a library prints must not get between the messages.
        System.setOut(System.err);
        PlatformSettings settings = PlatformSettings.read(Path.of(arguments[0]));
        new PlatformMain(messages).run(settings);
        System.exit(0);
    }

    private void run(PlatformSettings settings) throws InterruptedException {
        Thread.ofPlatform().daemon().name("supervisor-watch").start(this::watchSupervisor);
        Platform platform;
        try {
            platform = Platform.start(settings, this::tell);
        } catch (RuntimeException failure) {
            failure.printStackTrace();
            Throwable cause = failure;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            tell(new PlatformMessage.Failed(String.valueOf(cause.getMessage())));
            System.exit(1);
            throw failure;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopOnSignal));
        tell(new PlatformMessage.Ready());
        stop.await();
        haltAfter(settings.training() ? TRAINING_STOP_WITHIN : STOP_WITHIN);
        platform.close();
        stopped.countDown();
    }

    private void stopOnSignal() {
        stop.countDown();
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void tell(PlatformMessage message) {
        out.println(message.encode());
    }

    private void watchSupervisor() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is said on this pipe.
            }
        } catch (IOException broken) {
            // The same as its end.
        }
        stop.countDown();
    }

    private static void haltAfter(Duration patience) {
        Thread.ofPlatform()
                .daemon()
                .name("halt")
                .start(
                        () -> {
                            try {
                                Thread.sleep(patience);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                            Runtime.getRuntime().halt(3);
                        });
    }
}
