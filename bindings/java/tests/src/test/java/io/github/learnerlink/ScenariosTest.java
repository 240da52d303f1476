package io.github.learnerlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.learnerlink.internal.Failures;
import io.github.learnerlink.model.DataObjectFilter;
import io.github.learnerlink.model.FilterXsreRequest;
import io.github.learnerlink.model.FilterXsreResponse;
import io.github.learnerlink.model.GenerateQrRequest;
import io.github.learnerlink.model.HealthRequest;
import io.github.learnerlink.model.HealthResponse;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The scenarios that all bindings share and each writes out; see bindings/scenarios.json. Those about loading are in
 * LoadingTest, those that are data in SharedScenariosTest.
 */
@ExtendWith(NothingIsLeftOpen.class)
class ScenariosTest {
    /** Marks a test of the scenario with its id. */
    @Retention(RetentionPolicy.RUNTIME)
    @interface Scenario {
        String value();
    }

    private final HealthRequest health = new HealthRequest();
    private Sandbox sandbox;

    @BeforeEach
    void reset() {
        sandbox = Sandbox.fresh();
    }

    @Test
    void everyScenarioHasOneTestAndEveryTestAScenario() {
        List<String> tested = Stream.of(ScenariosTest.class, LoadingTest.class)
                .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Scenario.class))
                .map(ScenariosTest::idOf)
                .collect(Collectors.toCollection(ArrayList::new));
        tested.addAll(SharedScenariosTest.data());
        assertEquals(new ArrayList<>(SharedScenariosTest.SCENARIOS.keySet()), tested.stream().sorted().toList());
    }

    private static String idOf(Method method) {
        return method.getAnnotation(Scenario.class).value();
    }

    // Opening and closing

    @Test
    @Scenario("opens_and_closes")
    void aPluginOpensAndCloses() {
        Plugin plugin = Plugin.open(sandbox.options());
        try (plugin) {
            assertEquals(HealthResponse.OUTCOME_OK, plugin.health(health).outcome());
            assertFalse(plugin.isClosed());
        }
        assertTrue(plugin.isClosed());
    }

    @Test
    @Scenario("closing_twice_is_fine")
    void closingTwiceIsFine() {
        Plugin plugin = Plugin.open(sandbox.options());
        plugin.close();
        plugin.close();
        assertTrue(plugin.isClosed());
    }

    @Test
    @Scenario("use_after_close_is_refused")
    void useAfterCloseIsRefused() {
        Plugin plugin = Plugin.open(sandbox.options());
        plugin.close();
        assertEquals("plugin is closed",
                assertThrows(IllegalStateException.class, () -> plugin.health(health)).getMessage());
        assertThrows(IllegalStateException.class, plugin::stats);
        LearnerLinkFuture<HealthResponse> future = plugin.healthAsync(health);
        assertInstanceOf(IllegalStateException.class, assertThrows(CompletionException.class, future::join).getCause());
    }

    @Test
    @Scenario("bad_configuration_names_the_key")
    void badConfigurationNamesTheKey() {
        PluginOptions options =
                PluginOptions.fromMap(Map.of("sandbox", sandbox.url, "timeouts", Map.of("conectMs", 1)));
        LearnerLinkInputException error = assertThrows(LearnerLinkInputException.class, () -> Plugin.open(options));
        assertEquals("UNKNOWN_KEY", error.code());
        assertEquals("timeouts.conectMs", error.details().get("path"));
    }

    @Test
    @Scenario("a_dropped_plugin_is_closed_by_its_finalizer")
    void aDroppedPluginIsClosedWhenItIsCollected() {
        WeakReference<Plugin> dropped = new WeakReference<>(Plugin.open(sandbox.options()));
        WeakReference<Plugin> used = new WeakReference<>(Plugin.open(sandbox.options()));
        assertEquals(2, Sandbox.open("plugin"));
        Sandbox.until(() -> {
            System.gc();
            return Sandbox.open("plugin") == 0;
        });
        assertNull(dropped.get());
        assertNull(used.get());
    }

    // Cancelling

    @Test
    @Scenario("cancelled_before_it_starts")
    void aThreadThatIsInterruptedAlreadyStartsNothing() {
        try (Plugin plugin = Plugin.open(sandbox.options())) {
            Thread.currentThread().interrupt();
            assertThrows(CancellationException.class, () -> plugin.generateQrCode("10099901"));
            assertTrue(Thread.interrupted(), "the thread stays interrupted");
            assertFalse(((Map<?, ?>) plugin.stats().get("operations")).containsKey("generate_qr"));
        }
    }

    @Test
    @Scenario("cancelled_while_it_waits")
    void cancellingAFutureStopsTheWorkAtOnce() {
        try (Plugin plugin = Plugin.open(sandbox.options())) {
            QrShare share = plugin.generateQrCode("10099901");
            LearnerLinkFuture<ShareOutcome> waiting = plugin.waitForLearnerDataAsync(share);
            Sandbox.until(() -> Sandbox.open("op") == 1);
            assertTrue(waiting.cancel(true));
            assertEquals(0, Sandbox.open("op"));
            assertThrows(CancellationException.class, waiting::join);
            Sandbox.until(() -> counted(plugin, "poll_learner_data") == 1);
            // The share itself goes on, and another wait finds what came of it.
            sandbox.approve(share.correlationId());
            assertSame(ShareState.SHARED, plugin.waitForLearnerData(share).state());
        }
    }

    private static long counted(Plugin plugin, String operation) {
        Map<?, ?> counters = (Map<?, ?>) ((Map<?, ?>) plugin.stats().get("operations")).get(operation);
        return counters == null ? 0 : (long) counters.get("calls");
    }

    @Test
    @Scenario("cancelled_after_it_ended")
    void cancellingAFutureThatIsDoneChangesNothing() {
        try (Plugin plugin = Plugin.open(sandbox.options())) {
            LearnerLinkFuture<HealthResponse> done = plugin.healthAsync(health);
            done.join();
            assertFalse(done.cancel(true));
            assertEquals("ok", done.join().outcome());
        }
    }

    @Test
    @Scenario("closing_cancels_200_waits")
    void closingCancels200Waits() {
        Plugin plugin = Plugin.open(sandbox.options());
        QrShare share = plugin.generateQrCode("10099901");
        List<LearnerLinkFuture<ShareOutcome>> waits =
                Stream.generate(() -> plugin.waitForLearnerDataAsync(share)).limit(200).toList();
        Sandbox.until(() -> Sandbox.open("op") == 200);
        plugin.close();
        for (LearnerLinkFuture<ShareOutcome> wait : waits) {
            assertThrows(CancellationException.class, wait::join);
        }
        assertEquals(0, Sandbox.open("op"));
    }

    // Texts

    @Test
    @Scenario("an_embedded_nul_is_refused")
    void anEmbeddedNulIsRefused() {
        try (Plugin plugin = Plugin.open(sandbox.options())) {
            GenerateQrRequest request = new GenerateQrRequest().ukprn("1009\0");
            refusedFor("NUL", () -> plugin.generateQr(request));
            refusedFor("NUL", () -> bare(plugin.generateQrAsync(request)));
            refusedFor("NUL", () -> PluginOptions.fromMap(Map.of("store", "a\0b")));
            refusedFor("NUL", () -> Plugin.open(PluginOptions.fromJson("{\"store\":\"a\0b\"}")));
            assertFalse(((Map<?, ?>) plugin.stats().get("operations")).containsKey("generate_qr"));
            // What only looks like one is let through.
            assertEquals("ok", plugin.health(new HealthRequest().user("a\\u0000b")).outcome());
        }
    }

    @Test
    @Scenario("a_lone_surrogate_is_refused")
    void aLoneSurrogateIsRefused() {
        try (Plugin plugin = Plugin.open(sandbox.options())) {
            HealthRequest request = new HealthRequest().user("Zo\ud83c");
            refusedFor("surrogate", () -> plugin.health(request));
            refusedFor("surrogate", () -> bare(plugin.healthAsync(request)));
            assertFalse(((Map<?, ?>) plugin.stats().get("operations")).containsKey("health"));
        }
    }

    private static void refusedFor(String reason, Runnable call) {
        LearnerLinkUsageException error = assertThrows(LearnerLinkUsageException.class, call::run);
        assertEquals("INVALID_UTF8", error.code());
        assertTrue(error.getMessage().contains(reason), error.getMessage());
    }

    static <T> T bare(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException error) {
            throw (RuntimeException) error.getCause();
        }
    }

    @Test
    @Scenario("a_result_of_a_mebibyte_arrives_whole")
    void aResultOfAMebibyteArrivesWhole() {
        String name = "Zoë 🎓".repeat(1 << 17);
        DataObjectFilter shown = new DataObjectFilter().filterType("include").includeStatement("name");
        FilterXsreRequest request = new FilterXsreRequest()
                .xml("<xSre><name>" + name + "</name></xSre>")
                .dataObjects(List.of(shown))
                .formats(List.of(FilterXsreRequest.FORMATS_XML));
        try (Plugin plugin = Plugin.open(sandbox.options())) {
            FilterXsreResponse answer = plugin.filterXsre(request);
            assertTrue(answer.xml().contains("<name>" + name + "</name>"));
            assertTrue(answer.rawJson().getBytes(StandardCharsets.UTF_8).length > 1 << 20);
        }
    }

    // Many

    @Test
    @Scenario("forced_collection_during_waits_loses_nothing")
    void forcedCollectionDuring2000WaitsLosesNothing() {
        try (Plugin plugin = Plugin.open(sandbox.options())) {
            QrShare share = plugin.generateQrCode("10099901");
            List<LearnerLinkFuture<ShareOutcome>> waits =
                    Stream.generate(() -> plugin.waitForLearnerDataAsync(share, Duration.ofMillis(500)))
                            .limit(2000)
                            .toList();
            CompletableFuture<Void> all = CompletableFuture.allOf(waits.toArray(new CompletableFuture<?>[0]));
            while (!all.isDone()) {
                System.gc();
                LockSupport.parkNanos(20_000_000);
            }
            waits.forEach(wait -> assertSame(ShareState.PENDING, wait.join().state()));
            assertEquals(0, Sandbox.open("op"));
        }
    }

    // Errors

    @Test
    @Scenario("an_unknown_error_code_is_the_base_or_its_hundred")
    void anUnknownErrorCodeIsTheBaseOrItsHundred() {
        String raw = "{\"status\":499,\"code\":\"NEW\",\"message\":\"new\",\"retriable\":true,\"operation\":\"x\","
                + "\"details\":{\"a\":1},\"causes\":[\"why\"]}";
        LearnerLinkException error = (LearnerLinkException) Failures.of(499, raw);
        assertSame(LearnerLinkRemoteException.class, error.getClass());
        assertEquals("NEW: new (x, 499)", error.toString());
        assertEquals("new", error.getMessage());
        assertEquals(List.of("why"), error.causes());
        assertEquals(Map.of("a", 1L), error.details());
        assertTrue(error.retriable());
        assertSame(LearnerLinkException.class, Failures.of(555, raw).getClass());
        assertSame(LearnerLinkException.class, Failures.of(555, "").getClass());
    }
}
