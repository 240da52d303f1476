package io.github.learnerlink.internal;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An open plugin's handle. It is closed once: by its plugin, or when that was dropped without closing it, by a thread
 * that waits for the garbage collector's word as long as any plugin is open.
 */
public final class PluginHandle extends PhantomReference<Object> {
    private static final ReferenceQueue<Object> DROPPED = new ReferenceQueue<>();
    private static final Set<PluginHandle> OPEN = new HashSet<>();
    private static Thread cleaner;

    private final AtomicLong handle;

    private PluginHandle(Object plugin, long handle) {
        super(plugin, DROPPED);
        this.handle = new AtomicLong(handle);
    }

    /**
     * Opens a plugin.
     *
     * @param plugin the object that stands for it
     * @param config its configuration
     * @return its handle
     */
    public static PluginHandle open(Object plugin, String config) {
        PluginHandle opened = new PluginHandle(plugin, Native.open(config));
        synchronized (OPEN) {
            OPEN.add(opened);
            if (cleaner == null) {
                cleaner = Threads.start("learnerlink-cleaner", PluginHandle::closeDropped);
            }
        }
        return opened;
    }

    private static void closeDropped() {
        try {
            while (true) {
                ((PluginHandle) DROPPED.remove()).close();
            }
        } catch (InterruptedException nothingIsOpen) {
            // The thread ends, so that an application server can unload us.
        }
    }

    /** Ends the plugin and cancels what it does; the second time nothing. */
    public void close() {
        long open = handle.getAndSet(0);
        if (open == 0) {
            return;
        }
        Events.cancelAllOf(this);
        Native.close(open);
        synchronized (OPEN) {
            OPEN.remove(this);
            if (OPEN.isEmpty()) {
                Events.stop();
                cleaner.interrupt();
                cleaner = null;
            }
        }
    }

    /**
     * Whether it was closed.
     *
     * @return whether
     */
    public boolean isClosed() {
        return handle.get() == 0;
    }

    /**
     * The library's number for it.
     *
     * @return never 0
     * @throws IllegalStateException if it was closed
     */
    public long live() {
        long open = handle.get();
        if (open == 0) {
            throw new IllegalStateException("plugin is closed");
        }
        return open;
    }

    /**
     * Starts an operation.
     *
     * @param operation its name
     * @param request   its request as JSON
     * @return its handle
     */
    long start(String operation, String request) {
        try {
            return Native.start(live(), operation, request);
        } catch (RuntimeException error) {
            live(); // It may have been closed on another thread meanwhile, which says more.
            throw error;
        }
    }
}
