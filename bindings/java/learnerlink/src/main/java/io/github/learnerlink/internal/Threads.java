package io.github.learnerlink.internal;

/** Threads of ours: none keeps the process or an unloaded application alive. */
final class Threads {
    private Threads() {}

    static Thread make(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        // The application's own loader, which a thread would get from its maker, may be unloaded before we are.
        thread.setContextClassLoader(null);
        return thread;
    }

    static Thread start(String name, Runnable work) {
        Thread thread = make(name, work);
        thread.start();
        return thread;
    }
}
