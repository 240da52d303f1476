using System;
using System.Runtime.Serialization;
using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>The store cannot be used (300 to 399).</summary>
    [Serializable]
    public sealed class LearnerLinkStoreException : LearnerLinkException
    {
        internal LearnerLinkStoreException(ErrorFields fields)
            : base(fields)
        {
        }

        private LearnerLinkStoreException(SerializationInfo info, StreamingContext context)
            : base(info, context)
        {
        }
    }
}
