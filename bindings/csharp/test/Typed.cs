using System;
using System.Collections.Generic;
using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;

namespace LearnerLink.Tests
{
    /// <summary>Calls of operations by their name in the catalogue, through the typed requests and methods.</summary>
    internal static class Typed
    {
        internal const BindingFlags AnyCase = BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase;

        /// <summary><c>generate_qr</c> as <c>GenerateQr</c>.</summary>
        internal static string Pascal(string name)
        {
            return string.Concat(Array.ConvertAll(name.Split('_'), word => char.ToUpperInvariant(word[0]) + word.Substring(1)));
        }

        internal static Type TypeOf(string name)
        {
            return typeof(Plugin).Assembly.GetType("LearnerLink." + name, true);
        }

        internal static Response Blocking(Plugin plugin, string operation, Dictionary<string, object> values)
        {
            Type type = TypeOf(Pascal(operation) + "Request");
            MethodInfo method = typeof(Plugin).GetMethod(Pascal(operation), new[] { type });
            return (Response)Invoke(method, plugin, Request(type, values));
        }

        internal static Response Asynchronous(Plugin plugin, string operation, Dictionary<string, object> values)
        {
            Type type = TypeOf(Pascal(operation) + "Request");
            MethodInfo method =
                typeof(Plugin).GetMethod(Pascal(operation) + "Async", new[] { type, typeof(CancellationToken) });
            var task = (Task)Invoke(method, plugin, Request(type, values), CancellationToken.None);
            task.GetAwaiter().GetResult();
            return (Response)task.GetType().GetProperty("Result").GetValue(task, null);
        }

        /// <summary>A request object that has these values, at any depth.</summary>
        internal static object Request(Type type, Dictionary<string, object> values)
        {
            object request = Activator.CreateInstance(type);
            foreach (KeyValuePair<string, object> value in values)
            {
                PropertyInfo property = type.GetProperty(value.Key, AnyCase)
                    ?? throw new MissingMemberException(type.Name, value.Key);
                property.SetValue(request, Value(property.PropertyType, value.Value), null);
            }
            return request;
        }

        internal static object Invoke(MethodBase method, object on, params object[] arguments)
        {
            try
            {
                return method.Invoke(on, arguments);
            }
            catch (TargetInvocationException error)
            {
                ExceptionDispatchInfo.Capture(error.InnerException).Throw();
                throw;
            }
        }

        private static object Value(Type type, object value)
        {
            type = Nullable.GetUnderlyingType(type) ?? type;
            if (typeof(RequestPart).IsAssignableFrom(type))
            {
                return Request(type, Json.Object(value));
            }
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEnumerable<>))
            {
                object[] items = Json.List(value);
                Array array = Array.CreateInstance(type.GetGenericArguments()[0], items.Length);
                for (int place = 0; place < items.Length; place++)
                {
                    array.SetValue(Value(type.GetGenericArguments()[0], items[place]), place);
                }
                return array;
            }
            if (type == typeof(string) && !(value is string))
            {
                return Json.Write(value);
            }
            return Convert.ChangeType(value, type);
        }
    }
}
