using System;
using System.Runtime.Serialization;
using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>A mistake of the caller (100 to 199), such as text that is no valid Unicode.</summary>
    [Serializable]
    public sealed class LearnerLinkUsageException : LearnerLinkException
    {
        internal LearnerLinkUsageException(ErrorFields fields)
            : base(fields)
        {
        }

        private LearnerLinkUsageException(SerializationInfo info, StreamingContext context)
            : base(info, context)
        {
        }
    }
}
