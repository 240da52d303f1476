import io.github.learnerlink.LearnerLinkFuture;
import io.github.learnerlink.LearnerLinkLibrary;
import io.github.learnerlink.Plugin;
import io.github.learnerlink.PluginOptions;
import io.github.learnerlink.QrShare;
import io.github.learnerlink.ShareOutcome;
import io.github.learnerlink.model.DataObjectFilter;
import io.github.learnerlink.model.FilterXsreRequest;
import io.github.learnerlink.model.HealthRequest;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the binding costs, as lines of JSON.
 *
 * <pre>java -cp 'JARS/*' Calls.java LIBRARY SANDBOX-ADDRESS</pre>
 */
public final class Calls {
    private static final int WAITS = 1000;
    private static final int ROUNDS = 15;

    private Calls() {}

    public static void main(String[] arguments) throws Exception {
        long began = System.nanoTime();
        LearnerLinkLibrary.setPath(Paths.get(arguments[0]));
        String backend = LearnerLinkLibrary.info().backend();
        print(backend, "load the library", "ms", (System.nanoTime() - began) / 1e6);

        PluginOptions options = PluginOptions.fromMap(Collections.singletonMap("sandbox", arguments[1]));
        try (Plugin plugin = Plugin.open(options)) {
            HealthRequest health = new HealthRequest().user("reception");
            print(backend, "health", "ns", nanosPerCall(() -> plugin.health(health)));
            print(backend, "health, asynchronous", "ns", nanosPerCall(() -> plugin.healthAsync(health).join()));
            FilterXsreRequest record = record();
            int length = plugin.filterXsre(record).rawJson().length();
            print(backend, "a record of " + length + " bytes", "ns", nanosPerCall(() -> plugin.filterXsre(record)));
            waits(backend, plugin, arguments[1]);
        }
    }

    /** A student record of some 4 KB, which the library reads and writes without a service. */
    private static FilterXsreRequest record() {
        char[] name = new char[4000];
        Arrays.fill(name, 'n');
        return new FilterXsreRequest()
                .xml("<xSre><name>" + new String(name) + "</name></xSre>")
                .dataObjects(Collections.singletonList(
                        new DataObjectFilter().filterType("include").includeStatement("name")))
                .formats(Collections.singletonList(FilterXsreRequest.FORMATS_XML));
    }

    /** The median of several rounds, after as many to warm up. */
    private static double nanosPerCall(Runnable call) {
        double[] rounds = new double[ROUNDS];
        for (int round = -ROUNDS; round < ROUNDS; round++) {
            int calls = 0;
            long began = System.nanoTime();
            long spent;
            do {
                call.run();
                calls++;
                spent = System.nanoTime() - began;
            } while (spent < 50_000_000);
            if (round >= 0) {
                rounds[round] = (double) spent / calls;
            }
        }
        Arrays.sort(rounds);
        return rounds[ROUNDS / 2];
    }

    /** Many waits for one learner, on the one event thread: what they take, and how soon all have ended. */
    private static void waits(String backend, Plugin plugin, String sandbox) throws IOException {
        QrShare share = plugin.generateQrCode("10099901");
        long before = heap();
        AtomicLong first = new AtomicLong(Long.MAX_VALUE);
        List<LearnerLinkFuture<ShareOutcome>> waits = new ArrayList<>();
        long began = System.nanoTime();
        for (int each = 0; each < WAITS; each++) {
            LearnerLinkFuture<ShareOutcome> wait = plugin.waitForLearnerDataAsync(share);
            wait.whenComplete((outcome, error) -> first.accumulateAndGet(System.nanoTime(), Math::min));
            waits.add(wait);
        }
        print(backend, "start " + WAITS + " waits", "ms", (System.nanoTime() - began) / 1e6);
        print(backend, "heap of each wait", "bytes", (double) (heap() - before) / WAITS);
        URI uri = URI.create(sandbox + "/_sandbox/shares/" + share.correlationId() + "/approve");
        HttpURLConnection approve = (HttpURLConnection) uri.toURL().openConnection();
        approve.setRequestMethod("POST");
        approve.setRequestProperty("Content-Type", "application/json");
        approve.setDoOutput(true);
        approve.getOutputStream().write("{\"uln\":\"5123456782\"}".getBytes("UTF-8"));
        approve.getResponseCode();
        long answered = System.nanoTime();
        CompletableFuture.allOf(waits.toArray(new CompletableFuture<?>[0])).join();
        long ended = System.nanoTime();
        print(backend, "from the learner's answer to the end of all waits", "ms", (ended - answered) / 1e6);
        print(backend, "from the first end to the last", "ms", (ended - first.get()) / 1e6);
    }

    /** What is in use of Java's own memory, in bytes. */
    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static void print(String backend, String what, String unit, double value) {
        System.out.printf("{\"language\":\"java\",\"backend\":\"%s\",\"what\":\"%s\",\"unit\":\"%s\",\"value\":%.1f}%n",
                backend, what, unit, value);
    }
}
