package io.github.learnerlink;

import java.nio.file.Path;

/** Loads the library in a JVM of its own and tells what came of it. */
final class Probe {
    private Probe() {}

    public static void main(String[] arguments) {
        if (arguments.length == 1) {
            LearnerLinkLibrary.setPath(Path.of(arguments[0]));
        }
        try {
            LibraryInfo info = LearnerLinkLibrary.info();
            System.out.println(String.join("\n", "loaded", info.path(), info.version(), info.abi(), info.backend()));
        } catch (LearnerLinkNativeLibraryException error) {
            System.out.println(error.hint() + "\n" + error.getMessage() + "\n" + error.tried());
        }
    }
}
