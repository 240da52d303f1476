import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.learnerlink.LearnerLinkException;
import io.github.learnerlink.LearnerLinkFuture;
import io.github.learnerlink.Plugin;
import io.github.learnerlink.PluginOptions;
import io.github.learnerlink.QrShare;
import io.github.learnerlink.ShareOutcome;
import io.github.learnerlink.ShareState;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Paths;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A small web server that shows a learner a code and tells the page when they have shared.
 *
 * <pre>java -cp 'lib/*' ShareServer.java learnerlink.json 8080</pre>
 *
 * The page posts to /shares?ukprn=…, shows {@code image}, and gets /shares/KEY until the state is not PENDING. Each
 * such answer takes up to 25 seconds and no thread; a page that goes away stops the wait. In a servlet the same is
 * done with {@code startAsync}, and an {@code AsyncListener} that cancels in {@code onTimeout} and {@code onError}.
 */
public final class ShareServer {
    private final Plugin plugin;
    // The correlation id is a secret, so the page gets a key of its own. With several servers keep them in a store.
    private final Map<String, QrShare> shares = new ConcurrentHashMap<>();
    private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor();

    private ShareServer(Plugin plugin) {
        this.plugin = plugin;
    }

    public static void main(String[] arguments) throws IOException {
        // One plugin for the whole process, closed when it ends.
        Plugin plugin = Plugin.open(PluginOptions.fromFile(Paths.get(arguments[0])));
        Runtime.getRuntime().addShutdownHook(new Thread(plugin::close));
        InetSocketAddress address = new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[1]));
        HttpServer server = HttpServer.create(address, 0);
        ShareServer shares = new ShareServer(plugin);
        server.createContext("/shares", shares::answer);
        server.start();
        System.out.println("listening on http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        String key = exchange.getRequestURI().getPath().replaceFirst("^/shares/?", "");
        if (exchange.getRequestMethod().equals("POST")) {
            show(exchange, String.valueOf(exchange.getRequestURI().getQuery()).replaceFirst("^ukprn=", ""));
        } else if (shares.containsKey(key)) {
            tell(exchange, key, shares.get(key));
        } else {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        }
    }

    private void show(HttpExchange exchange, String ukprn) {
        plugin.generateQrCodeAsync(ukprn).whenComplete((share, error) -> {
            if (error != null) {
                send(exchange, 502, failure(error));
                return;
            }
            String key = UUID.randomUUID().toString();
            shares.put(key, share);
            send(exchange, 200, "{\"key\":\"" + key + "\",\"image\":\"" + share.dataUri() + "\",\"expiresAt\":\""
                    + share.expiresAt() + "\"}");
        });
    }

    private void tell(HttpExchange exchange, String key, QrShare share) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(200, 0);
        LearnerLinkFuture<ShareOutcome> waiting = plugin.waitForLearnerDataAsync(share, Duration.ofSeconds(25));
        // A space before JSON means nothing, but it cannot be written to a page that has gone away.
        ScheduledFuture<?> beat = beats.scheduleWithFixedDelay(() -> {
            if (!write(exchange, " ")) {
                waiting.cancel(true);
            }
        }, 200, 200, TimeUnit.MILLISECONDS);
        waiting.whenComplete((outcome, error) -> {
            beat.cancel(false);
            if (waiting.isCancelled()) {
                System.out.println("a page went away, and its wait was stopped");
            }
            if (outcome != null && outcome.state() != ShareState.PENDING) {
                shares.remove(key);
            }
            write(exchange, error == null ? told(outcome) : failure(error));
            exchange.close();
        });
    }

    private static String told(ShareOutcome outcome) {
        String record = outcome.record() == null ? "null" : outcome.record().rawJson();
        return "{\"state\":\"" + outcome.state() + "\",\"record\":" + record + "}";
    }

    /** The code is enough for the page; message and causes belong into the log. */
    private static String failure(Throwable error) {
        Throwable cause = error instanceof CompletionException ? error.getCause() : error;
        String code = cause instanceof LearnerLinkException ? ((LearnerLinkException) cause).code() : "CANCELLED";
        return "{\"code\":\"" + code + "\"}";
    }

    private static void send(HttpExchange exchange, int status, String json) {
        try {
            exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
            exchange.sendResponseHeaders(status, 0);
            write(exchange, json);
        } catch (IOException gone) {
            // Nobody is there to be told.
        } finally {
            exchange.close();
        }
    }

    /** Whether somebody is still there to read. */
    private static boolean write(HttpExchange exchange, String text) {
        // The beat and the answer come on threads of their own.
        synchronized (exchange) {
            try {
                exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
                return true;
            } catch (IOException gone) {
                return false;
            }
        }
    }
}
