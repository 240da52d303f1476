package io.github.learnerlink;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The sandbox program, started once for all tests, and its control interface. */
final class Sandbox {
    private static Sandbox running;

    final String url;
    private final HttpClient http = HttpClient.newHttpClient();

    private Sandbox() throws IOException {
        Process process = new ProcessBuilder(System.getenv("LEARNERLINK_TEST_SANDBOX"), "--port", "0")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        String line = process.inputReader(StandardCharsets.UTF_8).readLine();
        url = line.substring(line.lastIndexOf(' ') + 1);
    }

    /** The sandbox as it is at the beginning. */
    static synchronized Sandbox fresh() {
        try {
            if (running == null) {
                running = new Sandbox();
            }
        } catch (IOException error) {
            throw new AssertionError(error);
        }
        running.ask("POST reset", "{}");
        return running;
    }

    PluginOptions options() {
        return PluginOptions.fromMap(Map.of("sandbox", url));
    }

    JsonObject ask(String request, String body) {
        String[] parts = request.split(" ", 2);
        HttpRequest call = HttpRequest.newBuilder(URI.create(url + "/_sandbox/" + parts[1]))
                .header("Content-Type", "application/json")
                .method(parts[0], HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = http.send(call, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new AssertionError(request + " " + answer.statusCode() + " " + answer.body());
            }
            return answer.body().isEmpty() ? new JsonObject() : JsonParser.parseString(answer.body()).getAsJsonObject();
        } catch (IOException | InterruptedException error) {
            throw new AssertionError(error);
        }
    }

    void approve(String correlationId) {
        ask("POST shares/" + correlationId + "/approve", "{\"uln\":\"5123456782\"}");
    }

    /** A learner who agrees to everything, until closed. */
    AutoCloseable agreeingLearner() {
        Thread learner = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                ask("GET shares", "").getAsJsonArray("shares").forEach(element -> {
                    JsonObject share = element.getAsJsonObject();
                    if (share.get("state").getAsString().equals("waiting")) {
                        approve(share.get("correlationId").getAsString());
                    }
                });
                LockSupport.parkNanos(10_000_000);
            }
        });
        AtomicBoolean failed = new AtomicBoolean();
        learner.setUncaughtExceptionHandler(
                (thread, error) -> failed.set(!(error.getCause() instanceof InterruptedException)));
        learner.start();
        return () -> {
            learner.interrupt();
            learner.join();
            if (failed.get()) {
                throw new AssertionError("the learner failed");
            }
        };
    }

    /** Asks again and again until it is so. */
    static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("still not so after 20 s");
            }
            LockSupport.parkNanos(2_000_000);
        }
    }

    /** How many handles of a kind the library has open. */
    static long open(String kind) {
        return (long) ((Map<?, ?>) LearnerLinkLibrary.stats().get("handles")).get(kind);
    }
}
