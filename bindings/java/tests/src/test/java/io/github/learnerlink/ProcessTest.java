package io.github.learnerlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.learnerlink.model.HealthRequest;
import io.github.learnerlink.model.HealthResponse;
import java.io.File;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How the binding lives in a process: threads, interruptions, executors, class loaders, its end, and the log. */
@ExtendWith(NothingIsLeftOpen.class)
class ProcessTest {
    private final HealthRequest health = new HealthRequest();
    private Sandbox sandbox;

    @BeforeEach
    void reset() {
        sandbox = Sandbox.fresh();
    }

    private static List<String> eventThreads() {
        return NothingIsLeftOpen.threads("learnerlink-events");
    }

    /** Does something on a thread of its own and hands over how that ended. */
    private static CompletableFuture<Object> elsewhere(Runnable work, AtomicReference<Thread> where) {
        CompletableFuture<Object> end = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                work.run();
                end.complete("returned");
            } catch (RuntimeException error) {
                end.complete(error);
            }
        });
        where.set(thread);
        thread.start();
        return end;
    }

    @Test
    void anInterruptionEndsABlockingWaitAndStopsTheWork() throws Exception {
        try (Plugin plugin = Plugin.open(sandbox.options())) {
            QrShare share = plugin.generateQrCode("10099901");
            AtomicReference<Thread> thread = new AtomicReference<>();
            CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
            CompletableFuture<Object> end = elsewhere(() -> {
                try {
                    plugin.waitForLearnerData(share);
                } finally {
                    interrupted.complete(Thread.currentThread().isInterrupted());
                }
            }, thread);
            Sandbox.until(() -> Sandbox.open("op") == 1);
            thread.get().interrupt();
            assertSame(CancellationException.class, end.get(10, TimeUnit.SECONDS).getClass());
            assertTrue(interrupted.get(), "the thread stays interrupted");
            assertEquals(0, Sandbox.open("op"));
            assertEquals("ok", plugin.health(health).outcome());
        }
    }

    @Test
    void closingOnAnotherThreadEndsABlockingWait() throws Exception {
        Plugin plugin = Plugin.open(sandbox.options());
        QrShare share = plugin.generateQrCode("10099901");
        CompletableFuture<Object> end = elsewhere(() -> plugin.waitForLearnerData(share), new AtomicReference<>());
        Sandbox.until(() -> Sandbox.open("op") == 1);
        plugin.close();
        assertSame(CancellationException.class, end.get(10, TimeUnit.SECONDS).getClass());
    }

    @Test
    void threadsShareAPluginInBothForms() {
        try (Plugin plugin = Plugin.open(sandbox.options())) {
            List<CompletableFuture<HealthResponse>> answers = new ArrayList<>();
            for (int each = 0; each < 16; each++) {
                answers.add(CompletableFuture.supplyAsync(() -> plugin.health(health)));
                answers.add(CompletableFuture.supplyAsync(() -> plugin.healthAsync(health))
                        .thenCompose(future -> future));
            }
            answers.forEach(answer -> assertEquals("ok", answer.join().outcome()));
        }
    }

    @Test
    void aBlockingCallKeepsItsPluginFromBeingCollected() throws Exception {
        PluginOptions options = sandbox.options();
        CompletableFuture<Object> end = elsewhere(() -> waitOnADroppedPlugin(options), new AtomicReference<>());
        while (!end.isDone()) {
            System.gc();
            LockSupport.parkNanos(20_000_000);
        }
        assertEquals("returned", end.get());
        Sandbox.until(() -> {
            System.gc();
            return Sandbox.open("plugin") == 0;
        });
    }

    private static void waitOnADroppedPlugin(PluginOptions options) {
        Plugin plugin = Plugin.open(options);
        String id = plugin.generateQrCode("10099901").correlationId();
        assertSame(ShareState.PENDING, plugin.waitForLearnerData(id, Duration.ofMillis(700)).state());
    }

    @Test
    void theEventThreadComesWithTheFirstAsynchronousCallAndGoesWithTheLastPlugin() {
        Plugin one = Plugin.open(sandbox.options());
        Plugin other = Plugin.open(sandbox.options());
        one.health(health);
        assertEquals(List.of(), eventThreads());
        one.healthAsync(health).join();
        assertEquals(1, eventThreads().size());
        one.close();
        other.healthAsync(health).join();
        assertEquals(1, eventThreads().size());
        other.close();
        Sandbox.until(() -> eventThreads().isEmpty());
        try (Plugin again = Plugin.open(sandbox.options())) {
            assertEquals("ok", again.healthAsync(health).join().outcome());
        }
    }

    @Test
    void whatDependsOnAFutureRunsOnTheExecutorAndNeverOnTheEventThread() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor(task -> new Thread(task, "host"));
        try (Plugin plugin = Plugin.open(sandbox.options().withExecutor(executor));
                Plugin usual = Plugin.open(sandbox.options())) {
            QrShare share = plugin.generateQrCode("10099901");
            CompletableFuture<String> where = plugin.waitForLearnerDataAsync(share)
                    .thenApply(outcome -> outcome.state() + " on " + Thread.currentThread().getName());
            sandbox.approve(share.correlationId());
            assertEquals("SHARED on host", where.get(20, TimeUnit.SECONDS));
            QrShare another = usual.generateQrCode("10099901");
            where = usual.waitForLearnerDataAsync(another).thenApply(outcome -> Thread.currentThread().getName());
            sandbox.approve(another.correlationId());
            assertTrue(where.get(20, TimeUnit.SECONDS).startsWith("ForkJoinPool.commonPool"), where.get());
        } finally {
            executor.shutdown();
        }
    }

    @Test
    void anExecutorThatRefusesLosesNothing() {
        PluginOptions options = sandbox.options().withExecutor(task -> {
            throw new RejectedExecutionException("closed");
        });
        try (Plugin plugin = Plugin.open(options)) {
            assertEquals("ok", plugin.healthAsync(health).join().outcome());
        }
    }

    @Test
    void whateverCompletesAFutureEarlyStopsTheWork() {
        try (Plugin plugin = Plugin.open(sandbox.options())) {
            QrShare share = plugin.generateQrCode("10099901");
            CompletableFuture<ShareOutcome> waiting =
                    plugin.waitForLearnerDataAsync(share).orTimeout(50, TimeUnit.MILLISECONDS);
            CompletionException error = assertThrows(CompletionException.class, waiting::join);
            assertSame(TimeoutException.class, error.getCause().getClass());
            Sandbox.until(() -> Sandbox.open("op") == 0);
        }
    }

    @Test
    void aFutureKeepsItsPluginFromBeingCollected() {
        LearnerLinkFuture<ShareOutcome> waiting = dropped();
        for (int each = 0; each < 5; each++) {
            System.gc();
        }
        assertSame(ShareState.PENDING, waiting.join().state());
        Sandbox.until(() -> {
            System.gc();
            return Sandbox.open("plugin") == 0;
        });
    }

    private LearnerLinkFuture<ShareOutcome> dropped() {
        Plugin plugin = Plugin.open(sandbox.options());
        return plugin.waitForLearnerDataAsync(plugin.generateQrCode("10099901"), Duration.ofMillis(300));
    }

    @Test
    void shutdownEndsAllWorkAndPluginsMayBeOpenedAfresh() {
        Plugin plugin = Plugin.open(sandbox.options());
        LearnerLinkFuture<ShareOutcome> waiting = plugin.waitForLearnerDataAsync(plugin.generateQrCode("10099901"));
        LearnerLinkLibrary.shutdown(Duration.ofSeconds(5));
        assertThrows(CancellationException.class, waiting::join);
        try (Plugin again = Plugin.open(sandbox.options())) {
            assertEquals("ok", again.healthAsync(health).join().outcome());
        }
        plugin.close();
    }

    @Test
    void aShutdownLeavesNothingInTheWayOfTheNextPlugin() {
        for (int round = 0; round < 50; round++) {
            try (Plugin plugin = Plugin.open(sandbox.options())) {
                plugin.healthAsync(health).join();
                LearnerLinkLibrary.shutdown(Duration.ofSeconds(5));
            }
            // The event thread may not have noticed yet.
            try (Plugin plugin = Plugin.open(sandbox.options())) {
                assertEquals("ok", plugin.healthAsync(health).join().outcome());
            }
        }
    }

    @Test
    void logLinesGoToTheSinkAndAFailingSinkHarmsNobody() {
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        LearnerLinkLibrary.setLogSink((level, message, rawJson) -> {
            lines.add(level + " " + rawJson);
            if (lines.size() == 1) {
                Thread.currentThread().setUncaughtExceptionHandler((thread, error) -> lines.add(error.getMessage()));
                throw new IllegalStateException("the sink failed");
            }
        });
        Map<String, ?> config = Map.of("sandbox", sandbox.url, "log", Map.of("level", "debug"));
        try (Plugin plugin = Plugin.open(PluginOptions.fromMap(config))) {
            Sandbox.until(() -> {
                plugin.generateQrCode("10099901");
                return lines.size() > 3;
            });
        } finally {
            LearnerLinkLibrary.setLogSink(null);
        }
        assertTrue(lines.contains("the sink failed"), lines.toString());
        assertTrue(lines.get(0).contains("\"target\":\"learnerlink"), lines.get(0));
    }

    /** What the main method below does in a JVM of its own. */
    @Test
    void aProcessEndsAtOnceWithWaitsUnderWay() {
        String said = Project.java(Map.of(), Ending.class.getName(), sandbox.url);
        assertEquals("waiting", said.trim().lines().reduce((first, last) -> last).orElse(""));
        Sandbox.fresh();
    }

    static final class Ending {
        private Ending() {}

        public static void main(String[] arguments) {
            Plugin plugin = Plugin.open(PluginOptions.fromMap(Map.of("sandbox", arguments[0])));
            QrShare share = plugin.generateQrCode("10099901");
            plugin.waitForLearnerDataAsync(share);
            Thread blocked = new Thread(() -> plugin.waitForLearnerData(share));
            blocked.setDaemon(true);
            blocked.start();
            Sandbox.until(() -> Sandbox.open("op") == 2);
            System.out.println("waiting");
        }
    }

    @Test
    void anApplicationServerCanUnloadTheBinding() throws Exception {
        assumeTrue(System.getProperty("learnerlink.backend").equals("ffm"), "JNA itself keeps what is mapped");
        WeakReference<ClassLoader> loader = application();
        Sandbox.until(() -> {
            System.gc();
            return loader.get() == null;
        });
    }

    /** Uses the binding as an application with jars of its own does, closes its plugin, and drops the lot. */
    private WeakReference<ClassLoader> application() throws Exception {
        try (URLClassLoader loader = loader()) {
            AutoCloseable plugin = deploy(loader);
            plugin.close();
            return new WeakReference<>(loader);
        }
    }

    @Test
    void twoApplicationsMayEachHaveTheJars() throws Exception {
        try (URLClassLoader one = loader(); URLClassLoader other = loader()) {
            try (AutoCloseable first = deploy(one); AutoCloseable second = deploy(other)) {
                assertNotSame(first.getClass(), second.getClass());
                // There is one library in the process, which counts the plugins of all.
                assertEquals(2, Sandbox.open("plugin"));
            }
        }
    }

    private static URLClassLoader loader() throws Exception {
        List<URL> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (Stream.of("learnerlink", "gson", "jna", "test-classes").anyMatch(entry::contains)) {
                jars.add(Path.of(entry).toUri().toURL());
            }
        }
        return new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    private AutoCloseable deploy(ClassLoader loader) throws Exception {
        Thread.currentThread().setContextClassLoader(loader);
        try {
            Class<?> application = loader.loadClass(Application.class.getName());
            return (AutoCloseable) application.getMethod("start", String.class).invoke(null, sandbox.url);
        } finally {
            Thread.currentThread().setContextClassLoader(ClassLoader.getSystemClassLoader());
        }
    }

    /** What an application does. */
    public static final class Application {
        private Application() {}

        public static AutoCloseable start(String url) {
            Plugin plugin = Plugin.open(PluginOptions.fromMap(Map.of("sandbox", url)));
            if (!plugin.healthAsync(new HealthRequest()).join().outcome().equals("ok")) {
                throw new IllegalStateException("not well");
            }
            return plugin;
        }
    }

    @Test
    void fiveHundredFuturesAtOnceAreServedByOneThread() {
        try (Plugin plugin = Plugin.open(sandbox.options())) {
            QrShare share = plugin.generateQrCode("10099901");
            List<LearnerLinkFuture<ShareOutcome>> waits =
                    Stream.generate(() -> plugin.waitForLearnerDataAsync(share)).limit(500).toList();
            assertEquals(1, eventThreads().size());
            sandbox.approve(share.correlationId());
            waits.forEach(wait -> assertTrue(wait.join().state() != ShareState.PENDING));
        }
    }
}
