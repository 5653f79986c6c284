namespace AiBms.Trials.Edge;

/// <summary>Frama-C's Eva finds no run-time error in the runtime for any readings whatever, in an endless loop, and proves the asserted ranges.</summary>
/// <remarks>A proof that cannot fail proves nothing: with one guard taken out it must fail.</remarks>
[Trait("Long", "proof")]
public sealed class ProofTrials(ITestOutputHelper output) : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("aibms-proof-").FullName;

    /// <summary>Harness, mode, and the network that is proved, where it is one.</summary>
    public static TheoryData<string, string, string> Proofs
    {
        get
        {
            TheoryData<string, string, string> all = [];
            foreach (string mode in (string[])["none", "non-finite"])
            {
                foreach (string harness in (string[])["soc", "pack", "charge", "track", "safety"]) all.Add(harness, mode, "");
                foreach (string model in (string[])["soc_ridge_lg_hg2", "soc_mlp_lg_hg2", "soc_gru_lg_hg2", "soc_tcn_lg_hg2"]) all.Add("net", mode, model);
            }

            return all;
        }
    }

    /// <summary>Harness, network, file, the guard in it, and the same without.</summary>
    public static TheoryData<string, string, string, string, string> Mutations => new()
    {
        { "soc", "", "filter.c", "int32_t k = aibms_whole(place, 99);", "int32_t k = (int32_t)place;" },
        { "soc", "", "filter.c", "inverse = 1.0F / aibms_least(square * 0.0625F, variance);", "inverse = 1.0F / (square * 0.0625F);" },
        { "soc", "", "soc.c", "me->warm_k = aibms_clamp(settled + ((me->warm_k - settled) * me->pace.kept_core), 0.0F, 40.0F);", "me->warm_k = settled + ((me->warm_k - settled) * me->pace.kept_core);" },
        { "track", "", "soc.c", "me->pace.per_capacity = 1.0F / aibms_hold(ratio, LEAST_CAPACITY, MOST_CAPACITY);", "me->pace.per_capacity = 1.0F / ratio;" },
        { "net", "soc_ridge_lg_hg2", "features.c", "me->current_c = aibms_clamp(aibms_clamp(current_a, -most_a, most_a) / cell->capacity_ah, -MOST_C, MOST_C);", "me->current_c = current_a / cell->capacity_ah;" },
        { "pack", "", "pack.c", "p[7] = aibms_hold(p[7], LEAST_INVERSE_2, MOST_VARIANCE);", "" },
        { "charge", "", "charge.c", "if (span > 1e-6F) {", "if (span >= 0.0F) {" },
        { "charge", "", "charge.c", "r->resistance_ohm = aibms_clamp(input->resistance_ohm, 1e-6F, 1e3F);", "r->resistance_ohm = input->resistance_ohm;" },
        { "track", "", "health.c", "float held_a = aibms_clamp(current_a, -MOST_A, MOST_A);", "float held_a = current_a;" },
        { "track", "", "thermal.c", "float shell = aibms_clamp(case_deg_c, -60.0F, 150.0F);", "float shell = case_deg_c;" },
        { "safety", "", "safety_envelope.c", "return aibms_clamp(allowed_a, 0.0F, 1e6F);", "return allowed_a;" },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Proofs))]
    public void NoInputWhateverLeadsToAnError(string harness, string mode, string model)
    {
        Tools.Need("frama-c", "frama-c-base");
        var (alarms, open, text) = EvaRun.Of(Tools.Firmware, harness, mode, model, _folder);
        output.WriteLine($"{harness} {model} {mode}: {alarms} alarms, {open} assertions open");
        Assert.True(alarms == 0 && open == 0, text);
    }

    [Theory]
    [MemberData(nameof(Mutations))]
    public void WithoutAGuardTheProofFails(string harness, string model, string file, string guard, string without)
    {
        Tools.Need("frama-c", "frama-c-base");
        string firmware = EvaRun.Without(_folder, file, guard, without);
        var (alarms, open, text) = EvaRun.Of(firmware, harness, "none", model, _folder);
        output.WriteLine($"{harness} {model} without a guard of {file}: {alarms} alarms, {open} assertions open");
        Assert.True(alarms + open > 0, text);
    }
}
