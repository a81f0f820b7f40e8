using System.Collections.Frozen;

namespace Vouchsafe.Security;

/// <summary>
/// Names under which strangers can register, so that "every subdomain of it" would mean "everyone". Single labels
/// (<c>.com</c>, <c>.shop</c>, <c>.localhost</c>) are all refused by their shape; this list adds names of several labels:
/// the second-level registries of the larger country domains, and the hosting platforms where anybody gets a subdomain.
/// </summary>
/// <remarks>
/// It is a safeguard against slips, not the whole Public Suffix List (about 10,000 rules, changing weekly): a rare
/// registry that is missing here is accepted, and the dashboard's plain-words explanation of the entry is the second line.
/// </remarks>
internal static class PublicSuffixes
{
    // Two-letter country domains that register at these second levels; every pair is a public suffix.
    private static readonly (string Country, string SecondLevels)[] Registries =
    [
        ("uk", "co org me ltd plc net sch ac gov nhs police"), ("au", "com net org edu gov asn id"), ("nz", "co net org ac govt geek gen kiwi maori school iwi"),
        ("jp", "co ne or go ac ad ed gr lg"), ("kr", "co ne or go ac re pe"), ("cn", "com net org gov edu ac mil"), ("tw", "com net org gov edu idv game ebiz club"),
        ("hk", "com net org gov edu idv"), ("sg", "com net org gov edu per"), ("my", "com net org gov edu mil name"), ("th", "co in or go ac net mi"),
        ("id", "co or go ac net web sch my biz desa mil"), ("ph", "com net org gov edu ngo mil"), ("vn", "com net org gov edu biz info name pro health ac int"),
        ("in", "co net org firm gen ind ac edu res gov nic mil"), ("pk", "com net org gov edu fam biz web"), ("bd", "com net org gov edu ac mil"), ("lk", "com net org gov edu sch ltd"),
        ("br", "com net org gov edu art blog eco emp ind inf tur wiki adv eng med log"), ("ar", "com net org gob edu int mil tur"), ("mx", "com net org gob edu"), ("co", "com net org gov edu mil nom"),
        ("pe", "com net org gob edu nom mil"), ("ve", "com net org gob edu co info web"), ("uy", "com net org gub edu mil"), ("ec", "com net org gob edu fin info med pro"), ("bo", "com net org gob edu"),
        ("py", "com net org gov edu coop mil"), ("cl", "gob co mil gov"), ("cr", "co or go ac ed fi sa"), ("gt", "com net org gob edu ind mil"), ("do", "com net org gob edu art sld web mil"),
        ("za", "co net org gov ac law web school nom alt edu mil"), ("ke", "co or ne go ac sc me mobi info"), ("ng", "com net org gov edu name sch mil mobi i"), ("gh", "com org gov edu mil"),
        ("eg", "com net org gov edu eun mil name sci"), ("ma", "co net org gov ac press"), ("tz", "co or ne go ac sc me mil mobi info hotel tv"), ("ug", "co or ne go ac sc com org"), ("zm", "co com net org gov edu ac"), ("zw", "co org gov ac mil"),
        ("tr", "com net org gov edu bel pol k12 av dr bbs name info gen web tv biz tel"), ("il", "co net org gov ac muni k12 idf"), ("sa", "com net org gov edu med pub sch"), ("ae", "co net org gov ac sch mil"),
        ("qa", "com net org gov edu name mil sch"), ("kw", "com net org gov edu emb ind"), ("lb", "com net org gov edu"), ("jo", "com net org gov edu sch mil name"), ("ir", "co net org gov ac sch id"),
        ("ua", "com net org gov edu in kiev kyiv lviv od dp kh"), ("ru", "com net org pp msk spb"), ("by", "com gov mil of"), ("kz", "com net org gov edu mil"), ("uz", "co com net org"), ("ge", "com net org gov edu mil pvt"),
        ("pl", "com net org gov edu info biz waw"), ("at", "co or gv ac"), ("hu", "co info org priv shop sport tm"), ("ro", "com org info firm nom rec store tm www arts nt"), ("rs", "co org edu ac gov in"), ("gr", "com net org gov edu"),
        ("cy", "com net org gov ac biz info ltd name press pro tm parliament"), ("mt", "com net org edu"), ("pt", "com org gov edu int net nome publ"), ("es", "com org gob edu nom"), ("fr", "com asso nom prd tm gouv"), ("it", "gov edu"),
        ("np", "com net org gov edu mil"), ("mm", "com net org gov edu per biz"), ("kh", "com net org gov edu per mil"), ("fj", "com net org ac biz info name pro"), ("pg", "com net org gov ac mil"),
    ];

    private const string Platforms =
        "github.io gitlab.io pages.dev workers.dev netlify.app netlify.com vercel.app now.sh herokuapp.com herokussl.com fly.dev render.com "
        + "onrender.com railway.app up.railway.app web.app firebaseapp.com appspot.com run.app cloudfunctions.net azurewebsites.net "
        + "azurestaticapps.net cloudapp.net cloudapp.azure.com azurefd.net azureedge.net blob.core.windows.net web.core.windows.net "
        + "amazonaws.com s3.amazonaws.com compute.amazonaws.com elb.amazonaws.com elasticbeanstalk.com amplifyapp.com cloudfront.net "
        + "awsapprunner.com on.aws lambda-url.us-east-1.on.aws digitaloceanspaces.com ondigitalocean.app myshopify.com shopifypreview.com "
        + "mybigcommerce.com wixsite.com editorx.io squarespace.com webflow.io weebly.com wordpress.com blogspot.com tumblr.com "
        + "bubbleapps.io glitch.me repl.co replit.app replit.dev codesandbox.io csb.app stackblitz.io webcontainer.io surge.sh "
        + "ngrok.io ngrok.app ngrok-free.app trycloudflare.com loca.lt localtunnel.me duckdns.org dyndns.org no-ip.org ddns.net hopto.org "
        + "nip.io sslip.io xip.io neocities.org translate.goog deno.dev edgeone.app supabase.co hf.space gitbook.io readthedocs.io "
        + "github.dev githubpreview.dev app.github.dev bitbucket.io square.site carrd.co framer.app framer.website "
        + "uk.com us.com eu.com de.com jpn.com gb.net uk.net in.net com.de co.com eu.org";

    private static readonly FrozenSet<string> Names = Registries
        .SelectMany(row => row.SecondLevels.Split(' ').Select(second => $"{second}.{row.Country}"))
        .Concat(Platforms.Split(' '))
        .ToFrozenSet(StringComparer.Ordinal);

    /// <param name="name">Lower case, without a leading dot.</param>
    public static bool Contains(string name) => Names.Contains(name);
}
