using System;
using System.IO;
using System.Text;
using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>The configuration to open a plugin with. Its keys are those of the library's documentation.</summary>
    public sealed class PluginOptions
    {
        private PluginOptions(string json)
        {
            Json = json;
        }

        /// <summary>The configuration as JSON, unchanged. It may hold secrets.</summary>
        internal string Json { get; }

        /// <summary>Reads the configuration from a JSON file in UTF-8.</summary>
        /// <param name="path">The file.</param>
        /// <returns>The configuration; the library checks it when the plugin is opened.</returns>
        /// <exception cref="IOException">The file cannot be read.</exception>
        /// <exception cref="LearnerLinkUsageException">The file is not UTF-8 (<c>INVALID_UTF8</c>).</exception>
        public static PluginOptions FromFile(string path)
        {
            try
            {
                return new PluginOptions(File.ReadAllText(path, Utf8.Strict));
            }
            catch (DecoderFallbackException)
            {
                throw Errors.Own(Status.InvalidUtf8, "INVALID_UTF8", path + " is not UTF-8");
            }
        }

        /// <summary>Takes the configuration as JSON.</summary>
        /// <param name="json">A JSON object.</param>
        /// <returns>The configuration; the library checks it when the plugin is opened.</returns>
        public static PluginOptions FromJson(string json)
        {
            return new PluginOptions(json ?? throw new ArgumentNullException(nameof(json)));
        }

        /// <summary>The configuration for trying everything out against the sandbox.</summary>
        /// <param name="address">The sandbox's address, such as <c>http://127.0.0.1:8099</c>.</param>
        /// <returns>The configuration.</returns>
        public static PluginOptions ForSandbox(string address)
        {
            var json = new JsonObject();
            json.Set("sandbox", address ?? throw new ArgumentNullException(nameof(address)));
            return new PluginOptions(JsonWriter.Text((object)json));
        }
    }
}
