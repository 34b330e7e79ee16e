package dev.jitney.webhook;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are too large, by senders that do not keep to HTTP: over plain sockets. */
@QuarkusTest
@WithTestResource(SinkServer.class)
class OversizeTest {
    private static final int MEGABYTE = 1024 * 1024;
    private static final String SECRET = "next-secret";

    @TestHTTPResource("/webhook")
    @SuppressWarnings("NullAway.Init") // Set by Quarkus.
    URI uri;

    private static String head(String event, String framing, byte[] signed) {
        return "POST /webhook HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "X-GitHub-Event: "
                + event
                + "\r\nX-Hub-Signature-256: "
                + Sender.signature(SECRET, signed)
                + "\r\n"
                + framing
                + "\r\n\r\n";
    }

    private Socket connect() throws IOException {
        var socket = new Socket(uri.getHost(), uri.getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static String statusLine(Socket socket) throws IOException {
        var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
        return String.valueOf(reader.readLine());
    }

    /** Sends chunks until the other side has had enough of them. */
    private static void sendChunks(OutputStream out, int megabytes) throws IOException {
        byte[] chunk = new byte[MEGABYTE];
        Arrays.fill(chunk, (byte) ' ');
        try {
            for (int i = 0; i < megabytes; i++) {
                out.write((Integer.toHexString(MEGABYTE) + "\r\n").getBytes(US_ASCII));
                out.write(chunk);
                out.write("\r\n".getBytes(US_ASCII));
            }
            out.write("0\r\n\r\n".getBytes(US_ASCII));
            out.flush();
        } catch (SocketException _) {
            // Closed by the server, which is allowed once it has answered.
        }
    }

    @Test
    void refusesALargeLengthWithoutReadingTheBody() throws IOException {
        try (Socket socket = connect()) {
            byte[] head =
                    head("workflow_job", "Content-Length: 26214401", new byte[0])
                            .getBytes(US_ASCII);
            socket.getOutputStream().write(head);

            assertEquals("HTTP/1.1 413 Request Entity Too Large", statusLine(socket));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"workflow_job", "push"})
    void refusesALargeChunkedBody(String event) throws IOException {
        try (Socket socket = connect()) {
            var out = socket.getOutputStream();
            out.write(head(event, "Transfer-Encoding: chunked", new byte[0]).getBytes(US_ASCII));
            sendChunks(out, 26);

            assertEquals("HTTP/1.1 413 Request Entity Too Large", statusLine(socket));
        }
    }

    @Test
    void takesALargeBodyOfAnEventThatIsNotMapped() throws IOException {
        byte[] body = new byte[24 * MEGABYTE];
        Arrays.fill(body, (byte) ' ');
        try (Socket socket = connect()) {
            var out = socket.getOutputStream();
            out.write(head("push", "Transfer-Encoding: chunked", body).getBytes(US_ASCII));
            sendChunks(out, 24);

            assertEquals("HTTP/1.1 202 Accepted", statusLine(socket));
        }
    }

    @Test
    void readsNoMoreThanTheLengthSays() throws IOException {
        byte[] first = "{\"zen\":1}".getBytes(UTF_8);
        try (Socket socket = connect()) {
            var out = socket.getOutputStream();
            out.write(head("ping", "Content-Length: " + first.length, first).getBytes(US_ASCII));
            out.write(first);
            sendChunks(out, 26);

            assertEquals("HTTP/1.1 200 OK", statusLine(socket));
        }
    }

    @Test
    void survivesASenderThatGoesAwayInTheMiddle() throws IOException {
        for (int i = 0; i < 3; i++) {
            try (Socket socket = connect()) {
                var out = socket.getOutputStream();
                out.write(
                        head("workflow_job", "Content-Length: 20971520", new byte[0])
                                .getBytes(US_ASCII));
                out.write(new byte[16 * MEGABYTE]);
                out.flush();
            }
        }
        // 48 MB were begun, more than may be kept: what was kept is given back.
        byte[] body = Payloads.bytes(Payloads.QUEUED);
        assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> {
                    while (!accepts(body)) {
                        Thread.onSpinWait();
                    }
                });
    }

    private static boolean accepts(byte[] body) {
        int status =
                given().header("X-GitHub-Event", "workflow_job")
                        .header("X-Hub-Signature-256", Sender.signature(SECRET, body))
                        .contentType("application/json")
                        .body(body)
                        .post("/webhook")
                        .statusCode();
        return status == 202;
    }
}
