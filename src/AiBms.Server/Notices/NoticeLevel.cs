namespace AiBms.Server.Notices;

/// <summary>How bad an event is at least to be told of, as events count.</summary>
enum NoticeLevel
{
    Info = 1,
    Warning = 2,
    Fatal = 3,
}
