# 信任数据

trust-lead = 谁可以签发、按什么规则互认、哪些凭证已撤销，都以这里的数据为准。

trust-import-folder = 导入文件夹…
trust-nothing = 还没有信任数据
trust-nothing-hint = 请向孵化器联盟或名录管理方取得信任数据包（.zztrust 文件或文件夹），也可以直接拖到这一页。
trust-imported = 信任数据已导入
trust-rejudged = 重新判断了 { $count } 件
trust-moved = { $count } 件的结论有变化
trust-see-moved = 查看变化

trust-as-of = 数据截至
trust-old = 信任数据已过有效期。可撤销的事项将判为“待联网复核”，请导入最新的数据包。
trust-refresh-by = 应在此前更新
trust-imported-at = 导入时间
trust-source = 来源
trust-issuers = 信任名录
trust-issuers-count = { $count } 家签发方
trust-packs = 互认规则
trust-packs-count = { $count } 个规则包
trust-root = 根指纹
trust-root-hint = 应与盖章的纸质互认协议上所印的逐组相同。

trust-confirm = 首次导入：请确认根指纹
trust-confirm-hint = 今后的信任都从这里开始。请取出盖章的纸质互认协议，逐组核对下面的指纹。
trust-confirm-differs = 有一组不同就不要导入，请联系数据包的提供方。
trust-confirm-compared = 已与纸质协议逐组核对，完全相同
trust-confirm-do = 确认并导入

trust-disabled = 不能使用的省份
trust-packs-none = 没有互认规则
trust-packs-none-hint = 这份信任数据不含规则包，档案只能核对签名和有效期，不能判断是否符合互认要求。
trust-pack-version = 第 { $version } 版
trust-pack-from = 自
trust-pack-until = 至
trust-pack-by = 发布方
trust-lists = 吊销名单
trust-lists-none = 没有吊销名单
trust-lists-none-hint = 没有名单时，可撤销的凭证无法确认是否已撤销。
trust-list = 名单
trust-list-issuer = 签发方
trust-list-signed = 签署时间
trust-list-age = 距今

trust-issuers-lead = 名录中的单位才会被采信。打开一家，可与纸质协议核对它的密钥指纹。
trust-issuers-text = 名称、拼音或代码
trust-issuers-example = 例如 松江、sjkc、91310117
trust-issuers-none = 名录是空的
trust-issuers-not-found = 名录中没有找到
trust-issuers-not-found-hint = 可以换用名称的一部分、拼音首字母或代码的开头。
trust-issuer-name = 名称
trust-issuer-region = 地区
trust-issuer-roles = 身份
trust-issuer-level = 级别
trust-issuer-keys = 现用密钥
trust-issuer-keys-hint = 现用密钥的指纹，应与纸质协议附件所印的相同。
trust-issuer-no-keys = 这家单位没有现用的密钥，它现在的签名不会被采信。

trust-role-incubator = 孵化器
trust-role-authority = 认定机构
trust-role-voucher_fund = 创新券管理方
trust-role-service_provider = 服务机构
trust-role-bank = 银行
trust-role-exchange = 交易机构
trust-level-ministry_excellent = 卓越级
trust-level-ministry_standard = 标准级
trust-level-national_legacy = 国家级（原）
trust-level-provincial = 省级
trust-level-municipal = 市级
trust-level-maker_space_national = 国家备案众创空间
trust-level-maker_space_provincial = 省级备案众创空间
trust-level-university_park = 大学科技园
trust-level-accelerator = 加速器
trust-level-other = 其他

# A rule pack
pack-title = { $where }互认规则
pack-open = 查看规则内容
pack-open-of = 查看{ $where }的规则内容
pack-in-force = 有效期
pack-no-end = 未定
pack-list-age = 吊销名单最久可用
pack-trust-age = 信任数据最久可用
pack-days = { $count } 天，更旧的判为待联网复核
pack-id = 规则包编号
pack-item = 事项
pack-need = 要求
pack-need-always = 必需
pack-need-sometimes = 视情况
pack-need-never = 可选
pack-evidence = 用什么满足
pack-credentials = 凭证：{ $names }
pack-attachments = 附件：{ $names }
pack-any = 有其一即可
pack-both = 凭证和附件都要有
pack-stated = 在基本信息中填写
pack-conditions = 条件与补充
pack-rules = 外地资质在本地怎样认可
pack-rules-hint = 没有列出的资质在本地仅作参考。
pack-credential = 资质
pack-from = 出具地
pack-for = 事由
pack-mode = 认可方式
pack-all-scenarios = 全部
pack-counts-as = 相当于本地的{ $name }
pack-supplements = 须补充：{ $names }
pack-demo = 【演示】规则，不是真实政策
