using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.Serialization;
using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>The native library cannot be loaded. The message lists every path tried and ends with a hint.</summary>
    [Serializable]
    public sealed class LearnerLinkNativeLibraryException : LearnerLinkException
    {
        private readonly KeyValuePair<string, string>[] tried;

        internal LearnerLinkNativeLibraryException(
            string message, string hint, IEnumerable<KeyValuePair<string, string>> tried)
            : base(new ErrorFields { Code = "LIBRARY_NOT_LOADED", Message = message })
        {
            Hint = hint;
            this.tried = tried.ToArray();
        }

        private LearnerLinkNativeLibraryException(SerializationInfo info, StreamingContext context)
            : base(info, context)
        {
            Hint = info.GetString("Hint");
            tried = (KeyValuePair<string, string>[])info.GetValue("Tried", typeof(KeyValuePair<string, string>[]));
        }

        /// <summary>A word for the likely reason, as in the table of the README.</summary>
        public string Hint { get; }

        /// <summary>Each path tried, with the operating system's reason.</summary>
        public IReadOnlyList<KeyValuePair<string, string>> Tried
        {
            get { return Array.AsReadOnly(tried); }
        }

        /// <summary>Gives what is to be carried to another application domain.</summary>
        /// <param name="info">Takes it.</param>
        /// <param name="context">Where from and where to.</param>
        public override void GetObjectData(SerializationInfo info, StreamingContext context)
        {
            base.GetObjectData(info, context);
            info.AddValue("Hint", Hint);
            info.AddValue("Tried", tried);
        }
    }
}
