using AiBms.Trials.House;

namespace AiBms.Trials.Edge;

/// <summary>The runtime keeps the rules of MISRA C:2012 that cppcheck knows, and every warning of two compilers is silent at every optimisation.</summary>
public sealed class MisraTrials
{
    [Fact]
    public void CppcheckFindsNothing()
    {
        Tools.Need("cppcheck", "cppcheck");
        // Paths are relative, as the list of deviations has them.
        string[] sources = [.. Tools.Sources.Select(path => Path.Combine("src", Path.GetFileName(path)))];
        var (_, text, error) = Clone.Run(Tools.Firmware, "cppcheck", ["--addon=misra", "--std=c99", "--enable=warning,style,performance,portability",
            "--suppress=missingIncludeSystem", "--suppress=variableScope", "--suppressions-list=deviations.txt", "--quiet", "--error-exitcode=0", "-Iinclude", .. sources]);
        Assert.True((text + error).Length == 0, text + error);
    }

    [Theory]
    [InlineData("gcc", "-Wlogical-op -Wfloat-conversion -Wsign-conversion -Wcast-qual -Wcast-align=strict -Wswitch-enum -Wswitch-default -Wduplicated-cond -Wduplicated-branches -Wnull-dereference -Wvla -Wpointer-arith -Wredundant-decls -Wnested-externs -Wold-style-definition -Wformat=2 -Wjump-misses-init")]
    [InlineData("clang", "-Weverything -Wno-padded -Wno-float-equal -Wno-bad-function-cast -Wno-declaration-after-statement")] // padding is laid out by hand, x != x finds a NaN, the last two are of C90
    public void CompilersAreSilent(string compiler, string own)
    {
        Tools.Need(compiler, compiler);
        string folder = Directory.CreateTempSubdirectory("aibms-warnings-").FullName;
        foreach (string level in (string[])["-O0", "-O1", "-O2", "-O3"])
        {
            var (code, text, error) = Clone.Run(folder, compiler, ["-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Wundef", "-Wstrict-prototypes",
                "-Wmissing-prototypes", "-Wdouble-promotion", .. own.Split(' '), "-Werror", "-ffp-contract=off", "-fno-math-errno", level, "-I" + Path.Combine(Tools.Firmware, "include"), "-c", .. Tools.Sources]);
            Assert.True(code == 0, text + error);
        }

        Directory.Delete(folder, recursive: true);
    }
}
