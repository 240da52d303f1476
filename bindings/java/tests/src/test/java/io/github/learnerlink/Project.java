package io.github.learnerlink;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The project's folder, and other Java processes. */
final class Project {
    static final Path ROOT = Path.of(System.getenv("LEARNERLINK_TEST_PROJECT"));

    private Project() {}

    static String text(String path) {
        try {
            return Files.readString(ROOT.resolve(path));
        } catch (IOException error) {
            throw new AssertionError(error);
        }
    }

    /** Runs a class in a JVM of its own and gives what it printed. */
    static String java(Map<String, String> environment, String... arguments) {
        return java(List.of(), System.getProperty("java.class.path"), environment, arguments);
    }

    static String java(List<String> options, String classPath, Map<String, String> environment, String... arguments) {
        return run(command(options, classPath, arguments), null, environment);
    }

    /** The command that runs a class as this JVM does: with the same backend, unless the options say otherwise. */
    static List<String> command(List<String> options, String classPath, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        if (Runtime.version().feature() >= 22 && options.isEmpty()) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        if (options.stream().noneMatch(option -> option.startsWith("-Dlearnerlink.backend="))) {
            command.add("-Dlearnerlink.backend=" + System.getProperty("learnerlink.backend"));
        }
        command.addAll(options);
        command.addAll(List.of("-cp", classPath));
        command.addAll(List.of(arguments));
        return command;
    }

    static String run(List<String> command, Path folder, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.directory(folder == null ? null : folder.toFile());
        builder.environment().remove("LEARNERLINK_LIBRARY_PATH");
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            if (status != 0) {
                throw new AssertionError(command + " ended with " + status + ": " + text);
            }
            return text;
        } catch (IOException | InterruptedException error) {
            throw new AssertionError(error);
        }
    }
}
