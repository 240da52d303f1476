package io.github.learnerlink.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * The native library of the jar as a file, which a system can load. It is written once and used by later runs and other
 * processes alike, and never deleted: Windows keeps it locked.
 */
final class Extraction {
    private final String resource;
    private final String hash;

    private Extraction(String resource, String hash) {
        this.resource = resource;
        this.hash = hash;
    }

    /** What is packed for a platform; null when nothing is. */
    static Extraction packedFor(String rid) throws IOException {
        String resource = "META-INF/native/" + rid + "/" + Platform.fileName();
        try (InputStream stream = open(resource + ".sha256")) {
            if (stream == null) {
                return null;
            }
            return new Extraction(resource, new String(all(stream), StandardCharsets.US_ASCII).trim());
        }
    }

    /** Where the file may lie: where the host says, or else in the user's cache, or else with temporary files. */
    static List<Path> folders() {
        List<Path> folders = new ArrayList<>();
        String chosen = System.getProperty("learnerlink.extract.dir");
        if (chosen != null && !chosen.isEmpty()) {
            folders.add(Paths.get(chosen).toAbsolutePath());
            return folders;
        }
        Path cache = userCache();
        if (cache != null) {
            folders.add(cache);
        }
        folders.add(Paths.get(System.getProperty("java.io.tmpdir")).toAbsolutePath());
        return folders;
    }

    private static Path userCache() {
        String given = System.getenv(Platform.isWindows() ? "LOCALAPPDATA" : "XDG_CACHE_HOME");
        if (given != null && Paths.get(given).isAbsolute()) {
            return Paths.get(given);
        }
        String home = System.getProperty("user.home", "");
        if (!Paths.get(home).isAbsolute()) {
            return null;
        }
        String usual = Platform.isWindows() ? "AppData/Local" : Platform.isMac() ? "Library/Caches" : ".cache";
        return Paths.get(home, usual.split("/"));
    }

    /** The file in this folder, written if it is not there yet. */
    Path into(Path folder) throws IOException {
        Path own = folder.resolve("learnerlink-" + hash.substring(0, 16));
        Path file = own.resolve(Platform.fileName());
        Files.createDirectories(folder);
        makePrivate(own);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || !hash.equals(hashOf(file))) {
            write(file);
        }
        return file;
    }

    private void write(Path file) throws IOException {
        Path fresh = Files.createTempFile(file.getParent(), "new", ".tmp");
        try {
            try (InputStream stream = open(resource)) {
                if (stream == null) {
                    throw new IOException(resource + " is not in the jar, though its hash is");
                }
                Files.copy(stream, fresh, StandardCopyOption.REPLACE_EXISTING);
            }
            if (!hash.equals(hashOf(fresh))) {
                throw new IOException(resource + " of the jar does not match its hash");
            }
            PosixFileAttributeView posix = Files.getFileAttributeView(fresh, PosixFileAttributeView.class);
            if (posix != null) {
                posix.setPermissions(PosixFilePermissions.fromString("rwx------"));
            }
            try {
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException | java.nio.file.AccessDeniedException inUse) {
                // On Windows another process may have written it and hold it by now; its hash says whether it is ours.
                if (!Files.exists(file) || !hash.equals(hashOf(file))) {
                    throw inUse;
                }
            }
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** Makes a folder that nobody else can write to, or makes sure that the one that is there is such a folder. */
    private static void makePrivate(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(folder);
        }
        PosixFileAttributeView posix =
                Files.getFileAttributeView(folder, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (posix == null) {
            return;
        }
        // Fails for a folder that belongs to somebody else, as one might that lies with temporary files.
        posix.setPermissions(PosixFilePermissions.fromString("rwx------"));
        Path probe = Files.createTempFile(folder, "own", ".tmp");
        try {
            if (!Files.getOwner(probe).equals(Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS))) {
                throw new IOException(folder + " belongs to another user and cannot be written to");
            }
        } finally {
            Files.delete(probe);
        }
    }

    private static InputStream open(String resource) {
        ClassLoader loader = Extraction.class.getClassLoader();
        return loader == null
                ? ClassLoader.getSystemResourceAsStream(resource)
                : loader.getResourceAsStream(resource);
    }

    private static byte[] all(InputStream stream) throws IOException {
        byte[] found = new byte[64];
        int length = 0;
        for (int read; length < found.length && (read = stream.read(found, length, found.length - length)) > 0; ) {
            length += read;
        }
        return java.util.Arrays.copyOf(found, length);
    }

    private static String hashOf(Path file) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] buffer = new byte[1 << 16];
            for (int read; (read = stream.read(buffer)) > 0; ) {
                digest.update(buffer, 0, read);
            }
        }
        StringBuilder text = new StringBuilder(64);
        for (byte each : digest.digest()) {
            text.append(Character.forDigit(each >> 4 & 15, 16)).append(Character.forDigit(each & 15, 16));
        }
        return text.toString();
    }
}
