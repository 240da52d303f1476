package io.github.learnerlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.learnerlink.ScenariosTest.Scenario;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the native library is found, and what is said when it is not; each test in a JVM of its own. */
class LoadingTest {
    private static final String PROBE = Probe.class.getName();
    private static final boolean FFM = System.getProperty("learnerlink.backend").equals("ffm");

    @TempDir
    Path folder;

    private static List<String> linesOf(String text) {
        return List.of(text.split("\n"));
    }

    private String probe(List<String> options, Map<String, String> environment, String... arguments) {
        List<String> all = new ArrayList<>(List.of("-Dlearnerlink.extract.dir=" + folder.resolve("cache")));
        all.addAll(options);
        if (Runtime.version().feature() >= 22 && options.stream().noneMatch(each -> each.contains("native-access"))) {
            all.add("--enable-native-access=ALL-UNNAMED");
        }
        String[] command = Stream.concat(Stream.of(PROBE), Stream.of(arguments)).toArray(String[]::new);
        return Project.java(all, System.getProperty("java.class.path"), environment, command);
    }

    private void failsWith(String hint, Path path, String... said) {
        String text = probe(List.of(), Map.of(), path.toString());
        assertEquals(hint, linesOf(text).get(0), text);
        for (String part : said) {
            assertTrue(text.contains(part), text);
        }
    }

    @Test
    @Scenario("a_missing_library_is_explained")
    void aMissingLibraryIsExplained() {
        Path file = folder.resolve("liblearnerlink.so");
        failsWith("missing", file, file + ": no such file", "LEARNERLINK_LIBRARY_PATH", "64 bit");
    }

    @Test
    @Scenario("a_library_of_another_architecture_is_explained")
    void aLibraryOfAnotherArchitectureIsExplained() throws IOException {
        // The header of a 32-bit ELF file for x86 is all that a loader reads before it refuses.
        ByteBuffer header = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
        header.put(new byte[] {0x7F, 'E', 'L', 'F', 1, 1, 1}).putShort(16, (short) 3).putShort(18, (short) 3);
        Files.write(folder.resolve("liblearnerlink.so"), header.putInt(20, 1).array());
        failsWith("architecture", folder, "is for x86, this process is x64", "ELFCLASS32");
    }

    @Test
    @Scenario("a_library_of_another_interface_is_explained")
    void aLibraryOfAnotherInterfaceIsExplained() throws Exception {
        failsWith("version", stub(2, 0), "version 7.8.9 has interface 2.0, this package needs 1.0");
    }

    @Test
    void aLibraryThatLacksAFunctionIsNotUsed() throws Exception {
        failsWith("missing", stub(1, 0, "learnerlink_version", "learnerlink_abi_version"), "learnerlink_describe");
    }

    @Test
    void aFileThatIsNoLibraryIsExplained() throws IOException {
        Path file = Files.writeString(folder.resolve("liblearnerlink.so"), "something else");
        failsWith("damaged", file);
    }

    @Test
    @Scenario("the_environment_overrides_and_does_not_fall_through")
    void theEnvironmentOverridesAndDoesNotFallThrough() throws Exception {
        Path library = stub(1, 9);
        String backend = System.getProperty("learnerlink.backend");
        List<String> loaded = List.of("loaded", library.toString(), "7.8.9", "1.9", backend);
        assertEquals(loaded, linesOf(probe(List.of(), Map.of("LEARNERLINK_LIBRARY_PATH", library.toString()))));
        String parent = library.getParent().toString();
        assertEquals(loaded, linesOf(probe(List.of(), Map.of("LEARNERLINK_LIBRARY_PATH", parent))));
        String none = folder.resolve("none.so").toString();
        String said = probe(List.of(), Map.of("LEARNERLINK_LIBRARY_PATH", none));
        assertTrue(said.contains(none) && !said.contains("META-INF"), said);
        // The property goes before the environment.
        List<String> property = List.of("-Dlearnerlink.library.path=" + library);
        assertEquals(loaded, linesOf(probe(property, Map.of("LEARNERLINK_LIBRARY_PATH", none))));
    }

    @Test
    void aPathThatIsNamedTooLateIsRefused() {
        LearnerLinkLibrary.info();
        LearnerLinkUsageException error = assertThrows(
                LearnerLinkUsageException.class, () -> LearnerLinkLibrary.setPath(Path.of("elsewhere")));
        assertTrue(error.getMessage().contains("loaded already"));
    }

    @Test
    void thePackedLibraryIsWrittenOnceForThisUserAloneAndRepairedWhenItWasAltered() throws IOException {
        Path file = Path.of(linesOf(probe(List.of(), Map.of())).get(1));
        assertTrue(file.getParent().getFileName().toString().matches("learnerlink-[0-9a-f]{16}"), file.toString());
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())));
        Object first = Files.readAttributes(file, "unix:ino").get("ino");
        probe(List.of(), Map.of());
        assertEquals(first, Files.readAttributes(file, "unix:ino").get("ino"), "used again");
        Files.writeString(file, "altered");
        assertEquals("loaded", linesOf(probe(List.of(), Map.of())).get(0));
        assertNotEquals(first, Files.readAttributes(file, "unix:ino").get("ino"), "written afresh");
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertEquals(List.of(file), files.toList(), "nothing else is left");
        }
    }

    @Test
    void theUsersCacheIsUsedUnlessItCannotBeWritten() throws IOException {
        List<String> options = List.of("-Dlearnerlink.extract.dir=", "-Djava.io.tmpdir=" + folder);
        String cache = folder.resolve("xdg").toString();
        String path = linesOf(probe(options, Map.of("XDG_CACHE_HOME", cache))).get(1);
        assertTrue(path.startsWith(cache + "/learnerlink-"), path);
        String file = Files.writeString(folder.resolve("file"), "").toString();
        path = linesOf(probe(options, Map.of("XDG_CACHE_HOME", file))).get(1);
        assertTrue(path.startsWith(folder + "/learnerlink-"), path);
    }

    @Test
    void aFolderThatCannotBeWrittenIsExplained() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        String said = probe(List.of("-Dlearnerlink.extract.dir=" + file), Map.of());
        assertTrue(said.startsWith("permission\n") && said.contains("learnerlink.extract.dir"), said);
    }

    @Test
    void withoutAPackedLibraryTheMessageSaysWhichJarIsMissing() {
        String path = without("learnerlink-native");
        String said = Project.java(List.of("-Dlearnerlink.backend=jna"), path, Map.of(), PROBE);
        assertTrue(said.contains("\nmissing\n") || said.startsWith("missing\n"), said);
        assertTrue(said.contains("META-INF/native/linux-x64/liblearnerlink.so: not on the class path"), said);
        assertTrue(said.contains("learnerlink-native with the classifier linux-x64"), said);
    }

    @Test
    void aBackendThatIsNotToBeHadIsExplained() {
        String said = probe(List.of("-Dlearnerlink.backend=carrier-pigeon"), Map.of());
        assertTrue(said.startsWith("backend\n"), said);
        if (Runtime.version().feature() < 22) {
            said = probe(List.of("-Dlearnerlink.backend=ffm"), Map.of());
            assertTrue(said.startsWith("backend\n") && said.contains("Java 17"), said);
        }
    }

    @Test
    void withoutJnaThereIsFfmOrAnExplanation() {
        List<String> options = new ArrayList<>(List.of("-Dlearnerlink.extract.dir=" + folder));
        options.add("-Dlearnerlink.backend=" + (FFM ? "ffm" : "jna"));
        if (FFM) {
            options.add("--enable-native-access=ALL-UNNAMED");
        }
        String said = Project.java(options, without("/jna-"), Map.of(), PROBE);
        assertEquals(FFM ? "loaded" : "backend", linesOf(said).get(0), said);
    }

    @Test
    void theBackendIsFfmWhereJavaHasIt() {
        List<String> options = new ArrayList<>();
        options.addAll(List.of("-Dlearnerlink.extract.dir=" + folder, "-Dlearnerlink.backend=auto"));
        if (Runtime.version().feature() >= 22) {
            options.add("--enable-native-access=ALL-UNNAMED");
        }
        String said = Project.java(options, System.getProperty("java.class.path"), Map.of(), PROBE);
        assertEquals(Runtime.version().feature() >= 22 ? "ffm" : "jna", linesOf(said).get(4), said);
    }

    @Test
    void aJvmThatForbidsNativeCodeIsExplained() {
        assumeTrue(Runtime.version().feature() >= 24, "no older version can");
        String said = probe(List.of("--illegal-native-access=deny"), Map.of());
        assertTrue(said.startsWith("native-access\n") && said.contains("--enable-native-access=ALL-UNNAMED"), said);
    }

    private static String without(String part) {
        String all = System.getProperty("java.class.path");
        String rest = Stream.of(all.split(File.pathSeparator))
                .filter(entry -> !entry.contains(part))
                .collect(Collectors.joining(File.pathSeparator));
        assertFalse(rest.equals(all), all);
        return rest;
    }

    /** Compiles a library that has nothing but an interface version. */
    private Path stub(int major, int minor, String... names) throws Exception {
        List<String> functions = names.length > 0
                ? List.of(names)
                : Project.text("include/learnerlink.symbols").lines().filter(line -> !line.isBlank()).toList();
        StringBuilder source = new StringBuilder();
        for (String name : functions) {
            source.append(switch (name) {
                case "learnerlink_version" -> "const char *learnerlink_version(void) { return \"7.8.9\"; }\n";
                case "learnerlink_abi_version" ->
                    "unsigned learnerlink_abi_version(void) { return " + major + "u << 16 | " + minor + "; }\n";
                default -> "int " + name + "(void) { return 0; }\n";
            });
        }
        Path file = Files.writeString(folder.resolve("stub.c"), source);
        Path library = folder.resolve("liblearnerlink.so");
        Process process = new ProcessBuilder("cc", "-shared", "-fPIC", "-o", library.toString(), file.toString())
                .inheritIO().start();
        assertEquals(0, process.waitFor());
        return library;
    }
}
