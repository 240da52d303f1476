using System;

namespace LearnerLink.Interop
{
    /// <summary>What a status means, for the few failures that carry no error object.</summary>
    internal sealed class StatusMeaning
    {
        internal readonly int Number;
        internal readonly string Code;
        internal readonly bool Retriable;
        internal readonly string Text;

        internal StatusMeaning(int number, string code, bool retriable, string text)
        {
            Number = number;
            Code = code;
            Retriable = retriable;
            Text = text;
        }

        /// <summary>The meaning of a status; null for one of a newer library.</summary>
        internal static StatusMeaning Of(int number)
        {
            return Array.Find(Constants.Statuses, status => status.Number == number);
        }
    }
}
