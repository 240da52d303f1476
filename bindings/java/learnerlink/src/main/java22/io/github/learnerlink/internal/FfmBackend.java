package io.github.learnerlink.internal;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The functions through Java's own foreign function interface, with nothing but the JDK. No call is marked as
 * critical: nearly all of them may wait.
 */
final class FfmBackend implements Backend {
    // A static text of the library or the system, the only kind whose end is looked for.
    private static final ValueLayout STATIC_TEXT =
            ADDRESS.withTargetLayout(MemoryLayout.sequenceLayout(Long.MAX_VALUE, JAVA_BYTE));

    private final SymbolLookup library;
    private MethodHandle describe;
    private MethodHandle open;
    private MethodHandle close;
    private MethodHandle stats;
    private MethodHandle logNext;
    private MethodHandle shutdown;
    private MethodHandle textCopy;
    private MethodHandle errorJson;
    private MethodHandle start;
    private MethodHandle opWait;
    private MethodHandle opCancel;
    private MethodHandle opResult;
    private MethodHandle queueOpen;
    private MethodHandle opEnqueue;
    private MethodHandle queueNext;

    private FfmBackend(SymbolLookup library) {
        this.library = library;
    }

    /** Whether this version of Java has it on this machine: none has on 32-bit ones. */
    static boolean isHere() {
        try {
            return Linker.nativeLinker() != null;
        } catch (UnsupportedOperationException notOnThisMachine) {
            return false;
        }
    }

    /** Loads the file. Fails with {@link LinkageError} and the system's reason. */
    static Backend load(String path) {
        try {
            // First by ourselves: the lookup does not tell why, and has the JVM print warnings about damaged files.
            String refusal = refusal(path);
            if (refusal != null) {
                throw new UnsatisfiedLinkError(refusal);
            }
            return new FfmBackend(SymbolLookup.libraryLookup(path, Arena.global()));
        } catch (IllegalCallerException forbidden) {
            throw new UnsatisfiedLinkError(forbidden.getMessage());
        } catch (IllegalArgumentException unexplained) {
            throw new UnsatisfiedLinkError("the system refuses it");
        }
    }

    /** Why the system does not load a file; null when it does, or does not say. */
    private static String refusal(String path) {
        Linker linker = Linker.nativeLinker();
        MemorySegment dlopen = linker.defaultLookup().find("dlopen").orElse(null);
        MemorySegment dlerror = linker.defaultLookup().find("dlerror").orElse(null);
        if (dlopen == null || dlerror == null) {
            return null;
        }
        final int now = 2; // RTLD_NOW
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle load = linker.downcallHandle(dlopen, FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT));
            MethodHandle why = linker.downcallHandle(dlerror, FunctionDescriptor.of(STATIC_TEXT));
            MemorySegment found = (MemorySegment) load.invokeExact(arena.allocateFrom(path), now);
            if (found.address() != 0) {
                return null;
            }
            MemorySegment said = (MemorySegment) why.invokeExact();
            return said.address() == 0 ? null : said.getString(0);
        } catch (Throwable error) {
            throw unexpected(error);
        }
    }

    private MethodHandle find(String name, FunctionDescriptor shape) {
        MemorySegment function = library.find("learnerlink_" + name)
                .orElseThrow(() -> new UnsatisfiedLinkError("undefined symbol: learnerlink_" + name));
        return Linker.nativeLinker().downcallHandle(function, shape);
    }

    private MethodHandle find(String name, MemoryLayout... arguments) {
        return find(name, FunctionDescriptor.of(JAVA_INT, arguments));
    }

    @Override
    public String name() {
        return "ffm";
    }

    @Override
    public int abiVersion() {
        try {
            return (int) find("abi_version").invokeExact();
        } catch (Throwable error) {
            throw unexpected(error);
        }
    }

    @Override
    public String version() {
        try {
            MethodHandle version = find("version", FunctionDescriptor.of(STATIC_TEXT));
            return ((MemorySegment) version.invokeExact()).getString(0);
        } catch (Throwable error) {
            throw unexpected(error);
        }
    }

    @Override
    public void bind() {
        describe = find("describe", ADDRESS, ADDRESS);
        open = find("open", ADDRESS, ADDRESS, ADDRESS);
        close = find("close", JAVA_LONG);
        stats = find("stats", JAVA_LONG, ADDRESS, ADDRESS);
        logNext = find("log_next", JAVA_INT, ADDRESS);
        shutdown = find("shutdown", JAVA_INT, ADDRESS);
        textCopy = find("text_copy", JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS);
        errorJson = find("error_json", JAVA_LONG, ADDRESS);
        start = find("start", JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
        opWait = find("op_wait", JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS);
        opCancel = find("op_cancel", JAVA_LONG);
        opResult = find("op_result", JAVA_LONG, ADDRESS, ADDRESS);
        queueOpen = find("queue_open", ADDRESS, ADDRESS);
        opEnqueue = find("op_enqueue", JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS);
        queueNext = find("queue_next", JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS);
    }

    @Override
    public int describe(long[] text, long[] error) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(16, 8);
            int status = (int) describe.invokeExact(out, out.asSlice(8));
            return outs(status, out, text, error);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    @Override
    public int open(byte[] config, long[] plugin, long[] error) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(16, 8);
            int status = (int) open.invokeExact(arena.allocateFrom(JAVA_BYTE, config), out, out.asSlice(8));
            return outs(status, out, plugin, error);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    @Override
    public int close(long handle) {
        try {
            return (int) close.invokeExact(handle);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    @Override
    public int stats(long plugin, long[] text, long[] error) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(16, 8);
            int status = (int) stats.invokeExact(plugin, out, out.asSlice(8));
            return outs(status, out, text, error);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    @Override
    public int logNext(int timeoutMs, long[] text) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(8, 8);
            int status = (int) logNext.invokeExact(timeoutMs, out);
            text[0] = out.get(JAVA_LONG, 0);
            return status;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    @Override
    public int shutdown(int timeoutMs, long[] error) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(8, 8);
            int status = (int) shutdown.invokeExact(timeoutMs, out);
            error[0] = out.get(JAVA_LONG, 0);
            return status;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    @Override
    public int textCopy(long text, byte[] buffer, long capacity, long[] length) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(8, 8);
            MemorySegment copy = arena.allocate(capacity);
            int status = (int) textCopy.invokeExact(text, copy, capacity, out);
            length[0] = out.get(JAVA_LONG, 0);
            if (status == 0) {
                MemorySegment.copy(copy, JAVA_BYTE, 0, buffer, 0, (int) length[0]);
            }
            return status;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    @Override
    public int errorJson(long error, long[] text) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(8, 8);
            int status = (int) errorJson.invokeExact(error, out);
            text[0] = out.get(JAVA_LONG, 0);
            return status;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    @Override
    public int start(long plugin, byte[] operation, byte[] request, long[] op, long[] error) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(16, 8);
            MemorySegment name = arena.allocateFrom(JAVA_BYTE, operation);
            MemorySegment body = arena.allocateFrom(JAVA_BYTE, request);
            int status = (int) start.invokeExact(plugin, name, body, out, out.asSlice(8));
            return outs(status, out, op, error);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    @Override
    public int opWait(long op, int timeoutMs, int[] state, long[] error) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(16, 8);
            int status = (int) opWait.invokeExact(op, timeoutMs, out, out.asSlice(8));
            state[0] = out.get(JAVA_INT, 0);
            error[0] = out.get(JAVA_LONG, 8);
            return status;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    @Override
    public int opCancel(long op) {
        try {
            return (int) opCancel.invokeExact(op);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    @Override
    public int opResult(long op, long[] text, long[] error) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(16, 8);
            int status = (int) opResult.invokeExact(op, out, out.asSlice(8));
            return outs(status, out, text, error);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    @Override
    public int queueOpen(long[] queue, long[] error) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(16, 8);
            int status = (int) queueOpen.invokeExact(out, out.asSlice(8));
            return outs(status, out, queue, error);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    @Override
    public int opEnqueue(long op, long queue, long tag, long[] error) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(8, 8);
            int status = (int) opEnqueue.invokeExact(op, queue, tag, out);
            error[0] = out.get(JAVA_LONG, 0);
            return status;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    @Override
    public int queueNext(long queue, int timeoutMs, long[] tag, int[] state) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(16, 8);
            int status = (int) queueNext.invokeExact(queue, timeoutMs, out, out.asSlice(8));
            tag[0] = out.get(JAVA_LONG, 0);
            state[0] = out.get(JAVA_INT, 8);
            return status;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** Hands out the two handles that a function left side by side. */
    private static int outs(int status, MemorySegment out, long[] first, long[] second) {
        first[0] = out.get(JAVA_LONG, 0);
        second[0] = out.get(JAVA_LONG, 8);
        return status;
    }

    /** A method handle may throw anything by its declaration; ours throw what is unchecked alone. */
    private static RuntimeException unexpected(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(thrown);
    }
}
