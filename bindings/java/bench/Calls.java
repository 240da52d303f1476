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
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the binding adds, as lines of JSON with the same cases as the programs of the other bindings.
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
        LearnerLinkLibrary.info();
        print("load", "ms", (System.nanoTime() - began) / 1e6);

        PluginOptions options = PluginOptions.fromMap(Collections.singletonMap("sandbox", arguments[1]));
        try (Plugin plugin = Plugin.open(options)) {
            HealthRequest health = new HealthRequest().user("reception");
            print("health", "ns", nanosPerCall(() -> plugin.health(health)));
            print("health_async", "ns", nanosPerCall(() -> plugin.healthAsync(health).join()));
            FilterXsreRequest record = record();
            print("record_4k", "ns", nanosPerCall(() -> plugin.filterXsre(record)));
            waits(plugin, arguments[1]);
        }
    }

    /** A student record of some 4 KB, which the library reads and writes without a service. */
    private static FilterXsreRequest record() {
        StringBuilder name = new StringBuilder();
        while (name.length() < 3800) {
            name.append("Zoë Ó Súilleabháin, ");
        }
        return new FilterXsreRequest()
                .xml("<xSre><name>" + name + "</name></xSre>")
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
    private static void waits(Plugin plugin, String sandbox) throws IOException {
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
        print("waits_start", "ms", (System.nanoTime() - began) / 1e6);
        print("waits_memory", "bytes", (double) (heap() - before) / WAITS);
        URI uri = URI.create(sandbox + "/_sandbox/shares/" + share.correlationId() + "/approve");
        HttpURLConnection approve = (HttpURLConnection) uri.toURL().openConnection();
        approve.setRequestMethod("POST");
        approve.setRequestProperty("Content-Type", "application/json");
        approve.setDoOutput(true);
        approve.getOutputStream().write("{\"uln\":\"5123456782\"}".getBytes("UTF-8"));
        approve.getResponseCode();
        CompletableFuture.allOf(waits.toArray(new CompletableFuture<?>[0])).join();
        long ended = System.nanoTime();
        print("waits_spread", "ms", (ended - first.get()) / 1e6);
    }

    /** What is in use of Java's own memory, in bytes. */
    private static long heap() {
        for (int round = 0; round < 4; round++) {
            System.gc(); // once is not enough for what is only softly held
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static void print(String name, String unit, double value) {
        System.out.printf(Locale.ROOT, "{\"case\":\"%s\",\"unit\":\"%s\",\"value\":%.3f}%n", name, unit, value);
    }
}
