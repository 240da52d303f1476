package io.github.learnerlink.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '#', value = {
        "/lib/libc.so.6: version `GLIBC_2.38' not found | glibc",
        "failed to map segment from shared object | noexec",
        "invalid ELF header | damaged",
        "the library of the jar does not match its hash | damaged",
        "a program blocked by group policy | policy",
        "cannot open shared object file: Permission denied | permission",
        "cannot be written: AccessDeniedException | permission",
        "cannot be written: Operation not permitted | permission",
        "Illegal native access from: unnamed module | native-access",
        "com/sun/jna/NativeLibrary | backend",
        "no such file | missing",
    })
    void whatTheSystemSaysBecomesAHint(String reason, String hint) {
        assertEquals(hint, Platform.hint(List.of(new Platform.Attempt("nowhere/lib", reason))).word);
    }

    @Test
    void theProcessorOfALibraryIsReadFromItsHeader(@TempDir Path folder) throws Exception {
        List<String> found = new ArrayList<>();
        for (int machine : new int[] {3, 62, 183, 40}) {
            found.add(read(folder, bytes(0x464C457F).putShort(18, (short) machine)));
        }
        for (int machine : new int[] {0x14C, 0x8664, 0xAA64, 1}) {
            found.add(read(folder, bytes('M' | 'Z' << 8).putInt(0x3C, 128).putShort(132, (short) machine)));
        }
        for (int machine : new int[] {0x01000007, 0x0100000C}) {
            found.add(read(folder, bytes(0xFEEDFACF).putInt(4, machine)));
        }
        found.add(read(folder, bytes(0xBEBAFECA)));
        assertEquals(
                List.of("x86", "x64", "arm64", "another processor", "x86", "x64", "arm64", "another processor", "x64",
                        "arm64", "universal"),
                found);
        assertNull(read(folder, bytes('h')));
        assertNull(read(folder, ByteBuffer.allocate(1)));
        assertNull(Platform.architectureOf(folder.resolve("none")));
    }

    private static ByteBuffer bytes(int magic) {
        return ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN).putInt(0, magic);
    }

    private static String read(Path folder, ByteBuffer bytes) throws Exception {
        return Platform.architectureOf(Files.write(folder.resolve("library"), bytes.array()));
    }
}
