package io.github.learnerlink;

/** What is loaded; print it into reports. */
public final class LibraryInfo {
    private final String path;
    private final String version;
    private final String abi;
    private final String rid;
    private final String backend;

    /**
     * Makes the description.
     *
     * @param path    the file
     * @param version the library's version
     * @param abi     the version of its interface
     * @param rid     the platform of the process
     * @param backend how it is called
     */
    public LibraryInfo(String path, String version, String abi, String rid, String backend) {
        this.path = path;
        this.version = version;
        this.abi = abi;
        this.rid = rid;
        this.backend = backend;
    }

    /**
     * The file that is loaded.
     *
     * @return its path, or its name alone where the system has found it
     */
    public String path() {
        return path;
    }

    /**
     * The library's version.
     *
     * @return such as {@code 0.1.0}
     */
    public String version() {
        return version;
    }

    /**
     * The version of the library's interface.
     *
     * @return such as {@code 1.0}
     */
    public String abi() {
        return abi;
    }

    /**
     * The platform of this process.
     *
     * @return such as {@code linux-x64}
     */
    public String rid() {
        return rid;
    }

    /**
     * How the library is called.
     *
     * @return {@code jna} or {@code ffm}
     */
    public String backend() {
        return backend;
    }

    @Override
    public String toString() {
        return path + ", version " + version + ", interface " + abi + ", " + rid + ", " + backend + ", Java "
                + System.getProperty("java.version");
    }
}
