package io.github.learnerlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.learnerlink.internal.Constants;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every operation of the catalogue, in both forms, with every key of its request. */
@ExtendWith(NothingIsLeftOpen.class)
class OperationsTest {
    private static final Map<String, Object> VALUES =
            Map.of("ukprn", "10099901", "user", "clerk@example.test", "traceId", "t-1", "timeoutMs", 5000L);
    // These decide between two ways to call the operation, of which only one may be used.
    private static final Set<String> LEFT_OUT =
            Set.of("profile", "rules", "stylesheet", "newVaultKey", "newVaultKeyFile");

    @TempDir
    Path folder;

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    private static List<?> list(Object value) {
        return value == null ? List.of() : (List<?>) value;
    }

    /** Some value that the schema allows; the operation may still have its reasons to refuse it. */
    private static Object valueOf(Map<String, Object> any, String text, boolean everything) {
        Map<String, Object> schema = list(any.get("anyOf")).stream().map(OperationsTest::map)
                .filter(each -> !"null".equals(each.get("type"))).findFirst().orElse(any);
        for (Object variant : list(schema.get("oneOf"))) {
            if (map(variant).containsKey("const")) {
                return map(variant).get("const");
            }
        }
        if (schema.containsKey("properties")) {
            Map<String, Object> made = new HashMap<>();
            map(schema.get("properties")).forEach((key, value) -> {
                if (everything || list(schema.get("required")).contains(key)) {
                    made.put(key, valueOf(map(value), text, everything));
                }
            });
            return made;
        }
        Object type = schema.get("type");
        Object kind = type instanceof List<?> several
                ? several.stream().filter(each -> !each.equals("null")).findFirst().orElseThrow()
                : type;
        return switch (String.valueOf(kind)) {
            case "array" -> List.of(valueOf(map(schema.get("items")), text, everything));
            case "integer" -> schema.getOrDefault("minimum", 1L);
            case "number" -> 1.0;
            case "boolean" -> false;
            case "object" -> Map.of();
            default -> text;
        };
    }

    private static Stream<Map<String, Object>> operations() {
        return list(LearnerLinkLibrary.describe().get("operations")).stream().map(OperationsTest::map);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyOperationCanBeCalledWithEveryKey(boolean blocking) {
        List<String> answered = new ArrayList<>();
        try (Plugin plugin = Plugin.open(Sandbox.fresh().options())) {
            operations().forEach(operation -> {
                String name = (String) operation.get("name");
                Map<String, Object> members = new HashMap<>();
                map(map(operation.get("request")).get("properties")).forEach((key, schema) -> {
                    if (!LEFT_OUT.contains(key)) {
                        Object given = VALUES.get(key);
                        String text = folder.resolve(name).toString();
                        members.put(key, given == null ? valueOf(map(schema), text, false) : given);
                    }
                });
                try {
                    Response response = Asked.call(plugin, name, members, blocking);
                    assertSame(Asked.response(name), response.getClass());
                    assertFalse(response.toString().contains("10099901"), response.toString());
                    answered.add(name);
                } catch (LearnerLinkException error) {
                    assertFalse(error instanceof LearnerLinkUsageException, name + " " + error);
                    assertFalse(error instanceof LearnerLinkInternalException, name + " " + error);
                    assertFalse(Set.of("UNKNOWN_KEY", "INVALID_JSON").contains(error.code()), name + " " + error);
                    assertEquals(name, error.operation());
                }
            });
        }
        assertTrue(answered.size() >= 15, answered.toString());
    }

    @Test
    void everyKeyOfEveryRequestAndOfItsPartsHasASetter() throws ReflectiveOperationException {
        for (Map<String, Object> operation : operations().toList()) {
            Class<?> response = Asked.response((String) operation.get("name"));
            Class<?> request = Class.forName(response.getName().replaceAll("Response$", "Request"));
            Map<String, Object> whole = map(valueOf(map(operation.get("request")), "x", true));
            assertEquals(new TreeSet<>(whole.keySet()), new TreeSet<>(Asked.request(request, whole).toMap().keySet()));
        }
    }

    @Test
    void everyOperationHasBothForms() throws ReflectiveOperationException {
        for (String operation : Constants.OPERATIONS) {
            Class<?> response = Asked.response(operation);
            Class<?> request = Class.forName(response.getName().replaceAll("Response$", "Request"));
            assertSame(response, Plugin.class.getMethod(Asked.camel(operation), request).getReturnType());
            Method starts = Plugin.class.getMethod(Asked.camel(operation) + "Async", request);
            assertSame(LearnerLinkFuture.class, starts.getReturnType());
            assertSame(response, ((ParameterizedType) starts.getGenericReturnType()).getActualTypeArguments()[0]);
        }
    }
}
