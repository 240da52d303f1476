using System;
using System.IO;

namespace LearnerLink.Interop
{
    /// <summary>What a library's file says about itself.</summary>
    internal static class LibraryFile
    {
        private const int HeadSize = 4096;

        /// <summary>The processor a library is for, by its header; null for what is no library.</summary>
        internal static string ArchitectureOf(string path)
        {
            byte[] head;
            try
            {
                head = Head(path);
            }
            catch (Exception error) when (error is IOException || error is UnauthorizedAccessException
                || error is ArgumentException || error is NotSupportedException)
            {
                return null;
            }
            if (head.Length < 64)
            {
                return null;
            }
            switch (BitConverter.ToUInt32(head, 0))
            {
                case 0x464c457f:
                    return Elf(head[5] == 1 ? BitConverter.ToUInt16(head, 18) : head[18] << 8 | head[19]);
                case 0xfeedfacf:
                    return MachO(BitConverter.ToUInt32(head, 4));
                case 0xbebafeca:
                    return "universal";
            }
            return head[0] == 'M' && head[1] == 'Z' ? Windows(head) : null;
        }

        private static byte[] Head(string path)
        {
            using (FileStream file = File.OpenRead(path))
            {
                var head = new byte[Math.Min(HeadSize, file.Length)];
                int read = file.Read(head, 0, head.Length);
                Array.Resize(ref head, read);
                return head;
            }
        }

        private static string Elf(int machine)
        {
            switch (machine)
            {
                case 3:
                    return "x86";
                case 40:
                    return "arm";
                case 62:
                    return "x64";
                case 183:
                    return "arm64";
                default:
                    return "other";
            }
        }

        private static string MachO(uint machine)
        {
            return machine == 0x01000007 ? "x64" : machine == 0x0100000c ? "arm64" : "other";
        }

        private static string Windows(byte[] head)
        {
            uint place = BitConverter.ToUInt32(head, 0x3c);
            if (place + 6 > head.Length)
            {
                return null;
            }
            switch (BitConverter.ToUInt16(head, (int)place + 4))
            {
                case 0x14c:
                    return "x86";
                case 0x8664:
                    return "x64";
                case 0xaa64:
                    return "arm64";
                default:
                    return "other";
            }
        }
    }
}
