package io.github.learnerlink.internal;

import io.github.learnerlink.LearnerLinkNativeLibraryException;
import io.github.learnerlink.LibraryInfo;
import io.github.learnerlink.internal.Platform.Attempt;
import io.github.learnerlink.internal.Platform.Hint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the native library and loads it: once, on first use, or it fails with everything that was tried. */
final class Loader {
    private final List<Attempt> tried = new ArrayList<>();
    private Loaded found;

    private Loader() {}

    /** What was loaded, and what is to be said about it. */
    static final class Loaded {
        final Backend backend;
        final LibraryInfo info;

        Loaded(Backend backend, LibraryInfo info) {
            this.backend = backend;
            this.info = info;
        }
    }

    /** Loads the library that was chosen, if any, or else the one that is packed or installed. */
    static Loaded load(String chosen) {
        Loader loader = new Loader();
        // What was chosen does not fall through: a silent second choice is the harder failure to find.
        if (chosen != null) {
            loader.chosen(Paths.get(chosen).toAbsolutePath());
        } else {
            loader.packed(Platform.rid());
            loader.packed(Platform.otherRid());
            if (!Platform.isWindows()) {
                loader.attempt(Platform.fileName());
            }
        }
        if (loader.found == null) {
            throw loader.failure();
        }
        return loader.found;
    }

    private void chosen(Path path) {
        Path file = Files.isDirectory(path) ? path.resolve(Platform.fileName()) : path;
        if (Files.exists(file)) {
            attempt(file.toString());
        } else {
            tried.add(new Attempt(file.toString(), "no such file"));
        }
    }

    private void packed(String rid) {
        if (found != null) {
            return;
        }
        String place = "META-INF/native/" + rid + "/" + Platform.fileName();
        try {
            Extraction extraction = Extraction.packedFor(rid);
            if (extraction == null) {
                if (rid.equals(Platform.rid())) {
                    tried.add(new Attempt(place, "not on the class path"));
                }
                return;
            }
            for (Path folder : Extraction.folders()) {
                if (found == null) {
                    extracted(extraction, folder);
                }
            }
        } catch (IOException error) {
            tried.add(new Attempt(place, error.toString()));
        }
    }

    private void extracted(Extraction extraction, Path folder) {
        try {
            attempt(extraction.into(folder).toString());
        } catch (IOException error) {
            tried.add(new Attempt(folder.toString(), "cannot be written: " + error));
        }
    }

    private void attempt(String path) {
        if (found != null) {
            return;
        }
        try {
            Backend backend = backend(path);
            // The version comes first: an older library is better told by it than by a function it lacks.
            LibraryInfo info = checked(backend, path);
            backend.bind();
            found = new Loaded(backend, info);
        } catch (LinkageError refused) {
            tried.add(new Attempt(path, reason(refused)));
        }
    }

    private static Backend backend(String path) {
        String wanted = System.getProperty("learnerlink.backend", "auto");
        if (wanted.equals("auto")) {
            wanted = FfmBackend.isHere() ? "ffm" : "jna";
        }
        if (wanted.equals("jna")) {
            return new JnaBackend(path);
        }
        if (wanted.equals("ffm") && FfmBackend.isHere()) {
            return FfmBackend.load(path);
        }
        throw new UnsatisfiedLinkError("learnerlink.backend=" + wanted + " is not to be had with Java "
                + System.getProperty("java.version") + " and this jar");
    }

    private static LibraryInfo checked(Backend backend, String path) {
        int number = backend.abiVersion();
        int major = number >>> 16;
        int minor = number & 0xFFFF;
        String abi = major + "." + minor;
        if (major != Constants.ABI_MAJOR || minor < Constants.ABI_MINOR) {
            String reason = "version " + backend.version() + " has interface " + abi + ", this package needs "
                    + Constants.ABI_MAJOR + "." + Constants.ABI_MINOR;
            throw new LearnerLinkNativeLibraryException(
                    path + ": " + reason + "\nhint (version): install package and library of the same version",
                    "version",
                    Collections.singletonMap(path, reason));
        }
        return new LibraryInfo(path, backend.version(), abi, Platform.rid(), backend.name());
    }

    /** What the system said, without what JNA adds to it, and without JNA's own beginning that failed of it. */
    private static String reason(Throwable refused) {
        Throwable cause = refused;
        while (cause.getCause() != null
                && (cause.getMessage() == null || cause.getMessage().startsWith("Could not initialize class"))) {
            cause = cause.getCause();
        }
        String said = String.valueOf(cause.getMessage() == null ? cause : cause.getMessage());
        String own = Stream.of(said.split("\\R"))
                .filter(line -> !line.startsWith("Unable to load library"))
                .filter(line -> !line.contains("not found in resource path"))
                .distinct()
                .collect(Collectors.joining("; "));
        return own.isEmpty() ? said : own;
    }

    private LearnerLinkNativeLibraryException failure() {
        Hint hint = Platform.hint(tried);
        Map<String, String> paths = new LinkedHashMap<>();
        StringBuilder message = new StringBuilder("the native library cannot be loaded into this ")
                .append(Platform.rid()).append(" process (").append(Platform.bits()).append(" bit):");
        for (Attempt attempt : tried) {
            paths.put(attempt.path, attempt.reason);
            message.append("\n  ").append(attempt.path).append(": ").append(attempt.reason);
        }
        message.append("\nhint (").append(hint.word).append("): ").append(hint.sentence);
        return new LearnerLinkNativeLibraryException(message.toString(), hint.word, paths);
    }
}
