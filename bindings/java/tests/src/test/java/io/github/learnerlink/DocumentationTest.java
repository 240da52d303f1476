package io.github.learnerlink;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.learnerlink.internal.Constants;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README and the examples do what they say. */
class DocumentationTest {
    private static final String README = Project.text("bindings/java/README.md");
    private static final String SOURCES = "bindings/java/learnerlink/src/main/java/io/github/learnerlink";
    private static final Path EXAMPLES = Project.ROOT.resolve("examples/java");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    private Sandbox sandbox;

    @BeforeEach
    void reset() throws IOException {
        sandbox = Sandbox.fresh();
        Files.writeString(folder.resolve("learnerlink.json"), "{\"sandbox\": \"" + sandbox.url + "\"}");
    }

    /** Compiles for Java 8, without a warning. */
    private void compile(Path... files) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> arguments = new ArrayList<>(List.of("--release", "8", "-encoding", "UTF-8"));
        arguments.addAll(List.of("-Werror", "-proc:none"));
        arguments.add("-Xlint:all,-options,-path,-try");
        arguments.addAll(List.of("-cp", System.getProperty("java.class.path"), "-d", folder.toString()));
        Arrays.stream(files).map(Path::toString).forEach(arguments::add);
        assertEquals(0, compiler.run(null, null, null, arguments.toArray(String[]::new)));
    }

    private List<String> command(String... arguments) {
        String classPath = folder + File.pathSeparator + System.getProperty("java.class.path");
        return Project.command(List.of(), classPath, arguments);
    }

    private static List<MatchResult> found(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.DOTALL | Pattern.MULTILINE).matcher(text).results().toList();
    }

    @Test
    void theSnippetsOfTheReadmeRunOneAfterTheOther() throws Exception {
        List<Path> files = new ArrayList<>();
        StringBuilder calls = new StringBuilder();
        int number = 0;
        for (MatchResult found : found("```java\n(.*?)```", README)) {
            boolean whole = found.group(1).contains("public class ");
            String name = whole ? "QrFlow" : "Snippet" + ++number;
            calls.append(name).append(".main(arguments);\n");
            String text = whole ? found.group(1) : """
                    import io.github.learnerlink.*;
                    import io.github.learnerlink.model.*;
                    import java.nio.file.*;
                    import java.time.*;
                    import java.util.concurrent.*;
                    public class %s {
                        public static void main(String[] arguments) throws Exception {
                            String ukprn = "10099901";
                            try (Plugin plugin = Plugin.open(PluginOptions.fromFile(Paths.get("learnerlink.json")))) {
                                %s
                            }
                        }
                    }
                    """.formatted(name, found.group(1));
            files.add(Files.writeString(folder.resolve(name + ".java"), text));
        }
        String all = "public class All { public static void main(String[] arguments) throws Exception {"
                + calls + "} }";
        files.add(Files.writeString(folder.resolve("All.java"), all));
        compile(files.toArray(Path[]::new));
        try (AutoCloseable learner = sandbox.agreeingLearner()) {
            String said = Project.run(command("All"), folder, Map.of());
            String version = "version " + Constants.VERSION;
            for (String part : List.of("Orla Fennimore", "learning events", "It is SHARED", "12345678", version)) {
                assertTrue(said.contains(part), said);
            }
        }
        assertEquals(5, number + 1, "snippets");
        byte[] image = Files.readAllBytes(folder.resolve("qr.png"));
        assertArrayEquals(new byte[] {(byte) 0x89, 'P', 'N', 'G'}, Arrays.copyOf(image, 4));
    }

    @Test
    void theReadmeExplainsEveryHintEveryExceptionAndEveryPlatform() throws IOException {
        String platform = Project.text(SOURCES + "/internal/Platform.java");
        TreeSet<String> hints = new TreeSet<>(List.of("version"));
        found("new Hint\\(\"([\\w-]+)\"", platform).forEach(each -> hints.add(each.group(1)));
        TreeSet<String> explained = new TreeSet<>();
        String table = README.split("## The library does not load")[1].split("## Building")[0];
        found("^\\| `([\\w-]+)`", table).forEach(each -> explained.add(each.group(1)));
        assertEquals(hints, explained);
        try (Stream<Path> sources = Files.list(Project.ROOT.resolve(SOURCES))) {
            sources.map(file -> file.getFileName().toString().replace(".java", ""))
                    .filter(name -> name.endsWith("Exception"))
                    .forEach(name -> assertTrue(README.contains("| `" + name + "`"), name));
        }
        for (MatchResult each : found("<classifier>(.*?)</classifier>",
                Project.text("bindings/java/learnerlink-native/pom.xml"))) {
            assertTrue(README.contains("`" + each.group(1) + "`"), each.group(1));
        }
    }

    @Test
    void allPartsHaveOneVersion() {
        for (String file : List.of("pom.xml", "learnerlink/pom.xml", "learnerlink-native/pom.xml", "tests/pom.xml")) {
            String text = Project.text("bindings/java/" + file);
            assertTrue(text.contains("<version>" + Constants.VERSION + "</version>"), file);
        }
        assertEquals(2, found("<version>" + Pattern.quote(Constants.VERSION) + "</version>", README).size());
        assertTrue(README.contains("learnerlink-native:" + Constants.VERSION + ":linux-x64"));
    }

    @Test
    void theDemonstrationRuns() throws Exception {
        compile(EXAMPLES.resolve("Demo.java"));
        String said = Project.run(command("Demo", sandbox.url), folder, Map.of());
        for (String part : List.of("HealthResponse(outcome=ok", "profile 10099901", "SHARED: ", "Orla Fennimore",
                "match_learner: exactMatch", "fetch_plr: found", "retrieve_linkage_key: ok, K7CD...",
                "check the DfE credentials: BAD_CREDENTIAL", "Done.")) {
            assertTrue(said.contains(part), part + " in " + said);
        }
    }

    @Test
    void theBenchmarkCompiles() {
        compile(Project.ROOT.resolve("bindings/java/bench/Calls.java"));
    }

    @Test
    void theBatchMatchesEveryLearnerOfItsFile() throws Exception {
        compile(EXAMPLES.resolve("MatchBatch.java"));
        String learners = EXAMPLES.resolve("learners.csv").toString();
        String said = Project.run(command("MatchBatch", "learnerlink.json", "10099901", learners), folder, Map.of());
        assertEquals(
                List.of("A1: confirmed", "A2: confirmed", "A3: possibleMatch", "A4: noMatch",
                        "A5: failed, INVALID_INPUT",
                        "5 learners: {confirmed=2, failed, INVALID_INPUT=1, noMatch=1, possibleMatch=1}"),
                said.lines().toList());
    }

    @Test
    void theServerShowsACodeTellsWhatBecameOfItAndStopsWhenThePageGoesAway() throws Exception {
        compile(EXAMPLES.resolve("ShareServer.java"));
        Process server = new ProcessBuilder(command("ShareServer", "learnerlink.json", "0"))
                .directory(folder.toFile()).redirectErrorStream(true).start();
        try {
            BufferedReader said = server.inputReader(StandardCharsets.UTF_8);
            String line = said.readLine();
            URI url = URI.create(line.substring(line.lastIndexOf(' ') + 1));
            JsonObject shown = ask("POST", url.resolve("/shares?ukprn=10099901"));
            assertTrue(shown.get("image").getAsString().startsWith("data:image/png"));
            URI share = url.resolve("/shares/" + shown.get("key").getAsString());
            try (Socket page = new Socket(url.getHost(), url.getPort())) {
                String request = "GET " + share.getPath() + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
                page.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                assertEquals('H', page.getInputStream().read());
            }
            assertEquals("a page went away, and its wait was stopped", said.readLine());
            JsonObject listed = sandbox.ask("GET shares", "").getAsJsonArray("shares").get(0).getAsJsonObject();
            sandbox.approve(listed.get("correlationId").getAsString());
            JsonObject told = ask("GET", share);
            assertEquals("SHARED", told.get("state").getAsString());
            assertEquals("5123456782", told.getAsJsonObject("record").get("uln").getAsString());
            assertEquals(404, HTTP.send(HttpRequest.newBuilder(share).build(),
                    HttpResponse.BodyHandlers.discarding()).statusCode());
            assertEquals("INVALID_INPUT", ask("POST", url.resolve("/shares?ukprn=1")).get("code").getAsString());
        } finally {
            server.destroy();
            server.waitFor();
        }
    }

    private static JsonObject ask(String method, URI url) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(url).method(method, HttpRequest.BodyPublishers.noBody()).build();
        String body = HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
        return JsonParser.parseString(body).getAsJsonObject();
    }
}
