package io.github.learnerlink.internal;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.List;
import java.util.Locale;

/** Which build of the native library this process needs, and which one a file is. */
final class Platform {
    private static final String SYSTEM = system();

    private Platform() {}

    private static String system() {
        String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) {
            return "win";
        }
        return name.startsWith("mac") ? "osx" : "linux";
    }

    static boolean isWindows() {
        return SYSTEM.equals("win");
    }

    static boolean isMac() {
        return SYSTEM.equals("osx");
    }

    /** The native library's file name on this system. */
    static String fileName() {
        if (isWindows()) {
            return "learnerlink.dll";
        }
        return isMac() ? "liblearnerlink.dylib" : "liblearnerlink.so";
    }

    /** The processor of this process, not of the machine, which may run 32-bit processes. */
    static String processor() {
        String name = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        switch (name) {
            case "amd64":
            case "x86_64":
                return "x64";
            case "aarch64":
            case "arm64":
                return "arm64";
            case "x86":
            case "i386":
            case "i686":
                return "x86";
            default:
                return name;
        }
    }

    static int bits() {
        return processor().endsWith("64") ? 64 : 32;
    }

    /** The platform of this process, such as {@code linux-x64}. */
    static String rid() {
        return rid(SYSTEM.equals("linux") && isMusl());
    }

    /** The same with the other C library; on Linux alone there are two. */
    static String otherRid() {
        return rid(SYSTEM.equals("linux") && !isMusl());
    }

    private static String rid(boolean musl) {
        return SYSTEM + (musl ? "-musl-" : "-") + processor();
    }

    /** Whether this process runs on musl: by what is mapped, since a machine may have both. */
    private static boolean isMusl() {
        try {
            byte[] maps = Files.readAllBytes(Paths.get("/proc/self/maps"));
            return new String(maps, StandardCharsets.ISO_8859_1).contains("ld-musl-");
        } catch (IOException | RuntimeException unknown) {
            return false;
        }
    }

    /** The processor a library file is for, by its header; null for what is no library. */
    static String architectureOf(Path file) {
        byte[] head = new byte[4096];
        try (InputStream stream = Files.newInputStream(file)) {
            new DataInputStream(stream).readFully(head, 0, (int) Math.min(head.length, Files.size(file)));
        } catch (IOException | RuntimeException unreadable) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        int magic = bytes.getInt(0);
        if (magic == 0x464C457F) {
            int machine = bytes.order(head[5] == 2 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN).getShort(18);
            return one(machine, 3, 62, 183);
        }
        if (head[0] == 'M' && head[1] == 'Z') {
            int place = bytes.getInt(0x3C);
            int machine = place < 0 || place > head.length - 6 ? 0 : bytes.getShort(place + 4) & 0xFFFF;
            return one(machine, 0x14C, 0x8664, 0xAA64);
        }
        if (magic == 0xFEEDFACF) {
            return one(bytes.getInt(4), 7, 0x01000007, 0x0100000C);
        }
        return magic == 0xBEBAFECA ? "universal" : null;
    }

    /** The processor by a format's numbers for the three. */
    private static String one(int machine, int x86, int x64, int arm64) {
        return machine == x86 ? "x86" : machine == x64 ? "x64" : machine == arm64 ? "arm64" : "another processor";
    }

    /** The likely reason why none of the paths could be loaded: a word, and a sentence on what to do. */
    static Hint hint(List<Attempt> tried) {
        for (Attempt attempt : tried) {
            String found = architectureOf(Paths.get(attempt.path));
            if (found != null && !found.equals(processor()) && !found.equals("universal")) {
                return new Hint("architecture", attempt.path + " is for " + found + ", this process is "
                        + processor() + "; take the library for " + processor());
            }
            String said = attempt.reason.toLowerCase(Locale.ROOT);
            if (said.contains("glibc")) {
                return new Hint("glibc", "the file needs a newer C library than this system has; "
                        + "take the library built for it");
            }
            if (said.contains("permission denied") || said.contains("cannot be written")) {
                return new Hint("permission", "this user may not use " + attempt.path + "; correct its permissions, "
                        + "or set learnerlink.extract.dir to a folder of this user");
            }
            if (said.contains("failed to map segment") || said.contains("operation not permitted")) {
                return new Hint("noexec", "the file lies where nothing may be executed (noexec); "
                        + "set learnerlink.extract.dir to a folder where it may, and jna.tmpdir for JNA's own file");
            }
            if (said.contains("invalid elf header") || said.contains("file too short")
                    || said.contains("not a valid win32") || said.contains("does not match its hash")) {
                return new Hint("damaged", attempt.path + " is no library; take it from the package again");
            }
            if (said.contains("native access") || said.contains("restricted method")) {
                return new Hint("native-access", "this JVM forbids native code; "
                        + "start it with --enable-native-access=ALL-UNNAMED");
            }
            if (said.contains("policy") || said.contains("blocked") || said.contains("code signature")) {
                return new Hint("policy", "a policy of this machine blocks the file; an administrator must allow it");
            }
            if (said.contains("com/sun/jna") || said.contains("learnerlink.backend")) {
                return new Hint("backend", "put JNA on the class path, or use Java 22 or later with the whole jar");
            }
        }
        return new Hint("missing", "nothing is packed for " + rid() + " here; add learnerlink-native with the "
                + "classifier " + rid() + ", or set LEARNERLINK_LIBRARY_PATH or learnerlink.library.path");
    }

    /** A path and why it could not be used. */
    static final class Attempt {
        final String path;
        final String reason;

        Attempt(String path, String reason) {
            this.path = path;
            this.reason = reason;
        }
    }

    /** A word of the README's table, and what to do. */
    static final class Hint {
        final String word;
        final String sentence;

        Hint(String word, String sentence) {
            this.word = word;
            this.sentence = sentence;
        }
    }
}
