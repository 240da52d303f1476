package io.github.learnerlink.internal;

/**
 * The functions of the native library, however they are called. Names and arguments are those of the header without
 * their prefix; a text that goes in ends with a NUL, and what comes out goes into arrays of one element.
 */
interface Backend {
    /** Which way this is: {@code jna} or {@code ffm}. */
    String name();

    /** The first function to call: it works with a library of any version. */
    int abiVersion();

    /** The library's version, likewise. */
    String version();

    /** Finds all other functions. Fails with {@link LinkageError} when the library lacks one. */
    void bind();

    int describe(long[] text, long[] error);

    int open(byte[] config, long[] plugin, long[] error);

    int close(long handle);

    int stats(long plugin, long[] text, long[] error);

    int logNext(int timeoutMs, long[] text);

    int shutdown(int timeoutMs, long[] error);

    int textCopy(long text, byte[] buffer, long capacity, long[] length);

    int errorJson(long error, long[] text);

    int start(long plugin, byte[] operation, byte[] request, long[] op, long[] error);

    int opWait(long op, int timeoutMs, int[] state, long[] error);

    int opCancel(long op);

    int opResult(long op, long[] text, long[] error);

    int queueOpen(long[] queue, long[] error);

    int opEnqueue(long op, long queue, long tag, long[] error);

    int queueNext(long queue, int timeoutMs, long[] tag, int[] state);
}
