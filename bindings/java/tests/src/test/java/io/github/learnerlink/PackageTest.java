package io.github.learnerlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.learnerlink.internal.Constants;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What is in the jars. */
class PackageTest {
    private static final boolean FFM = Boolean.getBoolean("learnerlink.test.hasFfm");

    private static JarFile jar(String ending) throws IOException {
        Path jars = Path.of(System.getProperty("learnerlink.test.jars"));
        return new JarFile(jars.resolve("learnerlink-" + Constants.VERSION + ending).toFile());
    }

    private static List<String> names(JarFile jar) {
        return jar.stream().map(ZipEntry::getName).filter(name -> !name.endsWith("/")).toList();
    }

    private static int majorOf(JarFile jar, String name) throws IOException {
        try (DataInputStream stream = new DataInputStream(jar.getInputStream(jar.getEntry(name)))) {
            assertEquals(0xCAFEBABE, stream.readInt());
            stream.readUnsignedShort();
            return stream.readUnsignedShort();
        }
    }

    private static List<String> entriesOfClassPath(String part) {
        return List.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator)).stream()
                .filter(entry -> entry.contains(part)).toList();
    }

    @Test
    void theJarsAreTestedAndNotTheClasses() {
        String place = Plugin.class.getProtectionDomain().getCodeSource().getLocation().getPath();
        assertTrue(place.endsWith("/learnerlink-" + Constants.VERSION + ".jar"), place);
        LibraryInfo info = LearnerLinkLibrary.info();
        assertTrue(info.path().matches(".*/learnerlink-[0-9a-f]{16}/liblearnerlink\\.so"), info.path());
        assertEquals(Constants.VERSION, info.version());
        assertEquals(System.getProperty("learnerlink.backend"), info.backend());
        assertTrue(info.toString().contains(info.rid()), info.toString());
        assertTrue(info.toString().contains("Java " + System.getProperty("java.version")), info.toString());
    }

    @Test
    void theMainJarHasJava8ClassesAndTheFfmBackendForJava22() throws IOException {
        try (JarFile jar = jar(".jar")) {
            TreeSet<String> versioned = new TreeSet<>();
            for (String name : names(jar)) {
                if (name.startsWith("META-INF/versions/")) {
                    versioned.add(name);
                    assertEquals(66, majorOf(jar, name), name);
                } else if (name.endsWith(".class")) {
                    assertEquals(52, majorOf(jar, name), name);
                    assertTrue(name.startsWith("io/github/learnerlink/"), name);
                } else {
                    assertTrue(name.startsWith("META-INF/"), name);
                }
            }
            String backend = "META-INF/versions/22/io/github/learnerlink/internal/FfmBackend.class";
            assertEquals(FFM ? List.of(backend) : List.of(), List.copyOf(versioned));
        }
    }

    @Test
    void theManifestNamesTheModuleAndTheVersion() throws IOException {
        try (JarFile jar = jar(".jar")) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            assertEquals("io.github.learnerlink", manifest.getValue("Automatic-Module-Name"));
            assertEquals("true", manifest.getValue("Multi-Release"));
            assertEquals(Constants.VERSION, manifest.getValue("Implementation-Version"));
        }
    }

    @Test
    void theNativeJarHasTheLibraryOfItsPlatformAndItsHash() throws Exception {
        List<String> found = entriesOfClassPath("learnerlink-native");
        assertEquals(1, found.size());
        assertTrue(found.get(0).endsWith("learnerlink-native-" + Constants.VERSION + "-linux-x64.jar"), found.get(0));
        try (JarFile jar = new JarFile(found.get(0))) {
            String library = "META-INF/native/linux-x64/liblearnerlink.so";
            assertEquals(List.of(library, library + ".sha256"), names(jar).stream()
                    .filter(name -> name.startsWith("META-INF/native/")).sorted().toList());
            assertTrue(names(jar).stream().noneMatch(name -> name.endsWith(".class")));
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(jar.getInputStream(jar.getEntry(library)).readAllBytes());
            byte[] said = jar.getInputStream(jar.getEntry(library + ".sha256")).readAllBytes();
            assertEquals(HexFormat.of().formatHex(hash), new String(said, StandardCharsets.US_ASCII).trim());
        }
    }

    @Test
    void sourcesAndDocumentationAreThereAndHideWhatIsInternal() throws IOException {
        try (JarFile sources = jar("-sources.jar"); JarFile documentation = jar("-javadoc.jar")) {
            List<String> names = names(sources);
            assertTrue(names.contains("io/github/learnerlink/Plugin.java"));
            assertTrue(names.contains("io/github/learnerlink/model/GenerateQrRequest.java"));
            names = names(documentation);
            assertTrue(names.contains("io/github/learnerlink/Plugin.html"));
            assertTrue(names.contains("io/github/learnerlink/model/LearnerRecord.html"));
            assertFalse(names.stream().anyMatch(name -> name.contains("/internal/")));
        }
    }

    @Test
    void nothingButJnaAndGsonComesAlong() {
        assertEquals(2, entriesOfClassPath("jna-").size() + entriesOfClassPath("gson-").size());
        List<String> others = List.of("learnerlink", "jna-", "gson-", "junit", "opentest4j", "apiguardian", "surefire",
                "test-classes", "/tests/target/classes");
        String rest = List.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator)).stream()
                .filter(entry -> others.stream().noneMatch(entry::contains))
                .collect(Collectors.joining(" "));
        assertEquals("", rest);
    }
}
