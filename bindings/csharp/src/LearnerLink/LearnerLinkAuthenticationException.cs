using System;
using System.Runtime.Serialization;
using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>The service does not accept the credentials; an administrator must look at them.</summary>
    [Serializable]
    public sealed class LearnerLinkAuthenticationException : LearnerLinkRemoteException
    {
        internal LearnerLinkAuthenticationException(ErrorFields fields)
            : base(fields)
        {
        }

        private LearnerLinkAuthenticationException(SerializationInfo info, StreamingContext context)
            : base(info, context)
        {
        }
    }
}
