package io.github.learnerlink;

import io.github.learnerlink.internal.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;

/** How to open a plugin: its configuration, and who completes its futures. Cannot be changed. */
public final class PluginOptions {
    private final String configuration;
    private final Executor executor;

    private PluginOptions(String configuration, Executor executor) {
        this.configuration = configuration;
        this.executor = executor;
    }

    /**
     * Takes the configuration from a JSON file.
     *
     * @param file its path
     * @return the options
     * @throws UncheckedIOException if the file cannot be read or is not UTF-8
     */
    public static PluginOptions fromFile(Path file) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
            return fromJson(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /**
     * Takes the configuration from JSON text.
     *
     * @param configuration the text
     * @return the options
     */
    public static PluginOptions fromJson(String configuration) {
        return new PluginOptions(Objects.requireNonNull(configuration), commonPool());
    }

    /**
     * Takes the configuration from a map.
     *
     * @param configuration texts, numbers, truth values, lists and maps by their keys
     * @return the options
     * @throws LearnerLinkUsageException if a text has a NUL character
     */
    public static PluginOptions fromMap(Map<String, ?> configuration) {
        return fromJson(Json.write(configuration));
    }

    /**
     * The same with another executor for the completion of futures, instead of the common pool. It must not run tasks
     * on the thread that hands them over, or the host's code would hold up all other operations.
     *
     * @param other the executor
     * @return new options
     */
    public PluginOptions withExecutor(Executor other) {
        return new PluginOptions(configuration, Objects.requireNonNull(other));
    }

    /** The common pool, unless it was set to have no threads. */
    private static Executor commonPool() {
        return ForkJoinPool.getCommonPoolParallelism() > 0
                ? ForkJoinPool.commonPool()
                : task -> new Thread(task, "learnerlink-completion").start();
    }

    String configuration() {
        return configuration;
    }

    Executor executor() {
        return executor;
    }

    /** Shows nothing of the configuration, which may have secrets. */
    @Override
    public String toString() {
        return "PluginOptions(...)";
    }
}
