package io.github.learnerlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.learnerlink.internal.Fields;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scenarios that all bindings share and run as they are written in bindings/scenarios.json. */
@ExtendWith(NothingIsLeftOpen.class)
class SharedScenariosTest {
    static final Map<String, JsonObject> SCENARIOS = new TreeMap<>();

    static {
        JsonObject file = JsonParser.parseString(Project.text("bindings/scenarios.json")).getAsJsonObject();
        file.getAsJsonArray("scenarios").forEach(each -> SCENARIOS.put(
                each.getAsJsonObject().get("id").getAsString(), each.getAsJsonObject()));
    }

    private Sandbox sandbox;

    @BeforeEach
    void reset() {
        sandbox = Sandbox.fresh();
    }

    static Set<String> data() {
        return SCENARIOS.entrySet().stream()
                .filter(scenario -> scenario.getValue().get("calls").isJsonArray())
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @MethodSource("data")
    void aScenarioHoldsInTheBlockingForm(String id) {
        perform(id, true);
    }

    @ParameterizedTest
    @MethodSource("data")
    void aScenarioHoldsInTheAsynchronousForm(String id) {
        perform(id, false);
    }

    private void perform(String id, boolean blocking) {
        Map<String, String> kept = new HashMap<>();
        try (Plugin plugin = Plugin.open(sandbox.options())) {
            for (JsonElement element : SCENARIOS.get(id).getAsJsonArray("calls")) {
                JsonObject step = filled(element, kept);
                if (step.has("sandbox")) {
                    sandbox.ask(step.get("sandbox").getAsString(), step.get("body").toString());
                    continue;
                }
                String operation = step.get("operation").getAsString();
                Map<String, Object> request = Fields.parse(step.get("request").toString()).toMap();
                JsonObject expected = step.getAsJsonObject("expect");
                if (expected.has("error")) {
                    LearnerLinkException error = assertThrows(
                            LearnerLinkException.class, () -> Asked.call(plugin, operation, request, blocking));
                    isAsExpected(error, expected.getAsJsonObject("error"));
                    continue;
                }
                Response response = Asked.call(plugin, operation, request, blocking);
                JsonObject whole = JsonParser.parseString(response.rawJson()).getAsJsonObject();
                has(whole, expected, "");
                assertEquals(Fields.parse(whole.toString()).toMap(), response.toMap());
                if (step.has("keep")) {
                    step.getAsJsonObject("keep").entrySet().forEach(keep -> kept.put(
                            keep.getKey(), whole.get(keep.getValue().getAsString()).getAsString()));
                }
            }
        }
    }

    private static JsonObject filled(JsonElement step, Map<String, String> kept) {
        String text = step.toString();
        for (Map.Entry<String, String> value : kept.entrySet()) {
            text = text.replace("{" + value.getKey() + "}", value.getValue());
        }
        return JsonParser.parseString(text).getAsJsonObject();
    }

    private static void isAsExpected(LearnerLinkException error, JsonObject expected) {
        Map<String, Class<?>> classes = Map.of(
                "authentication", LearnerLinkAuthenticationException.class,
                "remote", LearnerLinkRemoteException.class,
                "input", LearnerLinkInputException.class);
        assertSame(classes.get(expected.get("class").getAsString()), error.getClass());
        assertEquals(expected.get("code").getAsString(), error.code());
        assertEquals(expected.get("status").getAsInt(), error.status());
        assertEquals(expected.get("retriable").getAsBoolean(), error.retriable());
        if (expected.has("details")) {
            has(JsonParser.parseString(error.rawJson()).getAsJsonObject().get("details"), expected.get("details"), "");
            assertEquals(expected.getAsJsonObject("details").get("field").getAsString(), error.details().get("field"));
        }
        assertTrue(error.toString().startsWith(error.code() + ": "), error.toString());
    }

    private static void has(JsonElement found, JsonElement wanted, String path) {
        if (wanted.isJsonObject()) {
            wanted.getAsJsonObject().entrySet().forEach(member -> has(
                    found.getAsJsonObject().get(member.getKey()), member.getValue(), path + "." + member.getKey()));
        } else if (wanted.isJsonArray()) {
            assertEquals(wanted.getAsJsonArray().size(), found.getAsJsonArray().size(), path);
            for (int place = 0; place < wanted.getAsJsonArray().size(); place++) {
                has(found.getAsJsonArray().get(place), wanted.getAsJsonArray().get(place), path + "[" + place + "]");
            }
        } else {
            assertEquals(wanted, found, path);
        }
    }
}
