using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>An object of a request. What is null is left out; the library checks what is required.</summary>
    public abstract class RequestPart
    {
        internal RequestPart()
        {
        }

        internal abstract void WriteTo(JsonWriter json);
    }
}
