using System;
using System.Runtime.Serialization;
using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>A defect of the library (900); the log has file and line.</summary>
    [Serializable]
    public sealed class LearnerLinkInternalException : LearnerLinkException
    {
        internal LearnerLinkInternalException(ErrorFields fields)
            : base(fields)
        {
        }

        private LearnerLinkInternalException(SerializationInfo info, StreamingContext context)
            : base(info, context)
        {
        }
    }
}
