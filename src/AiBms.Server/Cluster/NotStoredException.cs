using System.Data.Common;

namespace AiBms.Server.Cluster;

/// <summary>The server that keeps a pack did not store a batch; sent again it may.</summary>
sealed class NotStoredException(string why, Exception? inner = null) : DbException(why, inner);
