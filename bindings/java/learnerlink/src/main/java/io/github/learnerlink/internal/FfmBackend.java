package io.github.learnerlink.internal;

/** What stands in for the FFM backend, which is in META-INF/versions/22, on older versions of Java. */
final class FfmBackend {
    private FfmBackend() {}

    /** Whether this version of Java and this jar have it. */
    static boolean isHere() {
        return false;
    }

    static Backend load(String path) {
        throw new UnsupportedOperationException(path);
    }
}
