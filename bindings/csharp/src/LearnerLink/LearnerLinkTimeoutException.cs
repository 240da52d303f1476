using System;
using System.Runtime.Serialization;
using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>A wait ran out, such as that of a shutdown; the work goes on.</summary>
    [Serializable]
    public sealed class LearnerLinkTimeoutException : LearnerLinkException
    {
        internal LearnerLinkTimeoutException(ErrorFields fields)
            : base(fields)
        {
        }

        private LearnerLinkTimeoutException(SerializationInfo info, StreamingContext context)
            : base(info, context)
        {
        }
    }
}
