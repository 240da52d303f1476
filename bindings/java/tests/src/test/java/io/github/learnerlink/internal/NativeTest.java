package io.github.learnerlink.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import io.github.learnerlink.LearnerLinkLibrary;
import io.github.learnerlink.Status;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The native functions against the header, the list of symbols and the library itself. */
class NativeTest {
    private static final Path PROJECT = Path.of(System.getenv("LEARNERLINK_TEST_PROJECT"));

    private static String text(String path) throws Exception {
        return Files.readString(PROJECT.resolve(path));
    }

    /** What a parameter of C is in Java: what a pointer leads to is the element of an array. */
    private static String kind(String declared) {
        String type = declared.trim().replaceAll("\\s+", " ").replaceAll("[ ]?\\w+$", "").replace("const ", "");
        String plain = type.replace("*", "").trim()
                .replaceAll("learnerlink_(text|error|plugin|op|queue)$", "long")
                .replaceAll("learnerlink_(status|op_state)$", "int")
                .replace("uint64_t", "long")
                .replace("uint32_t", "int")
                .replace("char", "byte");
        return plain + (type.contains("*") ? "[]" : "");
    }

    private static Map<String, List<String>> declared() throws Exception {
        Map<String, List<String>> found = new TreeMap<>();
        Pattern prototype =
                Pattern.compile("LEARNERLINK_API learnerlink_status LEARNERLINK_CALL (learnerlink_\\w+)\\(([^)]*)\\)");
        Matcher matcher = prototype.matcher(text("include/learnerlink.h"));
        while (matcher.find()) {
            found.put(matcher.group(1), Stream.of(matcher.group(2).split(",")).map(NativeTest::kind).toList());
        }
        return found;
    }

    private static Map<String, List<String>> mapped() {
        return Stream.of(JnaBackend.Functions.class.getDeclaredMethods())
                .filter(method -> Modifier.isNative(method.getModifiers()))
                .peek(method -> assertEquals(int.class, method.getReturnType()))
                .collect(Collectors.toMap(Method::getName, method -> Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName).toList()));
    }

    @Test
    void theFunctionsAreDeclaredAsInTheHeader() throws Exception {
        Map<String, List<String>> declared = declared();
        mapped().forEach((name, parameters) -> assertEquals(declared.get(name), parameters, name));
    }

    @Test
    void everySymbolIsCalledStartedByNameOrNotNeeded() throws Exception {
        TreeSet<String> accounted = new TreeSet<>(mapped().keySet());
        Constants.OPERATIONS.forEach(name -> accounted.add("learnerlink_" + name));
        // To wait in slices does what polling does, and nothing shows progress.
        accounted.addAll(List.of("learnerlink_version", "learnerlink_abi_version", "learnerlink_op_poll",
                "learnerlink_op_progress"));
        assertEquals(new TreeSet<>(List.of(text("include/learnerlink.symbols").trim().split("\\s+"))), accounted);
    }

    @Test
    void statusesAreThoseOfTheHeader() throws Exception {
        Matcher matcher = Pattern.compile("LEARNERLINK_STATUS_(\\w+) = (\\d+)").matcher(text("include/learnerlink.h"));
        Map<String, Integer> header = new TreeMap<>();
        while (matcher.find()) {
            header.put(matcher.group(1), Integer.valueOf(matcher.group(2)));
        }
        Map<String, Integer> known = new TreeMap<>();
        Stream.of(Status.values()).forEach(status -> known.put(status.name(), status.number()));
        assertEquals(header, known);
        String running = "LEARNERLINK_OP_STATE_RUNNING = " + Constants.OP_STATE_RUNNING;
        assertTrue(text("include/learnerlink.h").contains(running));
    }

    @Test
    void theLibraryHasTheOperationsAndErrorsThatThePackageKnows() throws Exception {
        Map<String, Object> catalogue = LearnerLinkLibrary.describe();
        assertEquals(Fields.parse(text("include/catalogue.json")).toMap(), catalogue);
        assertEquals(Constants.OPERATIONS, ((List<?>) catalogue.get("operations")).stream()
                .map(operation -> ((Map<?, ?>) operation).get("name")).toList());
        for (Object each : (List<?>) catalogue.get("errors")) {
            Map<?, ?> error = (Map<?, ?>) each;
            Status status = Status.valueOf((String) error.get("code"));
            assertEquals((long) error.get("status"), status.number());
            assertEquals(error.get("retriable"), status.retriable());
        }
        assertTrue(JsonParser.parseString(Native.stats(0)).isJsonObject());
    }
}
